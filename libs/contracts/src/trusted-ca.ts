/** Certificates that clients trust besides those of their image: private ones, and OpenShift's own. */
import type { Setting } from '@cost-onprem/kit/vocabulary';

const folder = '/etc/trusted-ca';

/**
 * A folder of every container that opens TLS connections: `ca-bundle.crt` is what a cluster brings in the ConfigMap
 * `trusted-ca`, `service-ca.crt` what OpenShift puts into each namespace for the certificates that it signs itself.
 */
export const trustedCa = {
  mountPath: folder,
  configMaps: ['trusted-ca', 'openshift-service-ca.crt'],
} as const;

/**
 * A setting that names the file with the certificates that sign a server's own; without it no TLS, or the image's own.
 * @param purpose what changes with it
 */
export const caFile = (purpose: string): Setting => ({
  purpose: `File of certificates to trust, in ${folder}. ${purpose}`,
  pattern: new RegExp(`${folder}/(ca-bundle|service-ca)\\.crt`),
});
