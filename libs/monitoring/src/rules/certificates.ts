import { alert, namespace } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';
import { series } from '../metrics.ts';

const expires = 'certmanager_certificate_expiration_timestamp_seconds';

/** cert-manager renews a month before the end by default: two weeks before, it has failed for two weeks. */
const days = 14;

/** The certificate of the public host; the router's own, on OpenShift, is the cluster's to watch. */
export const certificates: readonly Rule[] = [
  alert({
    alert: 'CostCertificateExpires',
    severity: 'warning',
    // Prometheus puts `exported_` before a label that it sets itself, unless it is told to honour labels.
    expression: `(${series(expires)} or ${series(expires, { exported_namespace: namespace })}) - time() < ${days} * 24 * 3600`,
    lasts: '1h',
    summary: 'The certificate {{ $labels.name }} is not renewed',
    description: 'It ends in {{ $value | humanizeDuration }}. Then no browser and no cluster connects.',
  }),
];
