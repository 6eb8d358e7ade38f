import { alert, namespace } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';
import { series } from '../metrics.ts';

const expires = 'certmanager_certificate_expiration_timestamp_seconds';

/** By default cert-manager renews a month before the end. Two weeks before it has failed for two weeks. */
const days = 14;

/** An alert on the certificate of the public host. On OpenShift the cluster's own alerts watch the router's certificate. */
export const certificates: readonly Rule[] = [
  alert({
    alert: 'CostCertificateExpires',
    severity: 'warning',
    // Without `honorLabels` Prometheus puts `exported_` before a label that it sets itself.
    expression: `(${series(expires)} or ${series(expires, { exported_namespace: namespace })}) - time() < ${days} * 24 * 3600`,
    lasts: '1h',
    summary: 'cert-manager has not renewed the certificate {{ $labels.name }}',
    description: 'It expires in {{ $value | humanizeDuration }}. Then no browser and no cluster can connect.',
  }),
];
