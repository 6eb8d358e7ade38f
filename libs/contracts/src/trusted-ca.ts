/** Certificates that clients trust besides those of their image: private ones, and OpenShift's own. */
import { mergeable, type Setting } from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';

const folder = '/etc/trusted-ca';

/** Empty until a cluster merges the file `ca-bundle.crt` into it; declared, so that it is there before the first Job. */
export const trustedBundle = mergeable({
  name: 'trusted-ca',
  purpose: 'The file ca-bundle.crt: certificates of a private CA (clusters/README.md).',
  settings: {},
  files: ['ca-bundle.crt'],
});

/**
 * A folder of every container that opens TLS connections: `ca-bundle.crt` is what a cluster brings in the ConfigMap
 * `trusted-ca`, `service-ca.crt` what OpenShift puts into each namespace for the certificates that it signs itself.
 */
export const trustedCa = {
  mountPath: folder,
  configMaps: [trustedBundle.name, 'openshift-service-ca.crt'],
} as const;

/**
 * A setting that names the file with the certificates that sign a server's own; without it no TLS, or the image's own.
 * @param purpose what changes with it
 */
export const caFile = (purpose: string): Setting => ({
  purpose: `File of certificates to trust, in ${folder}. ${purpose}`,
  pattern: new RegExp(`${folder}/(ca-bundle|service-ca)\\.crt`),
});

export const trustedCaContract = contract({ settings: [trustedBundle] });
