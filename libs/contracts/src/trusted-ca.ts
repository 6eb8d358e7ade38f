/** Certificates that clients trust besides those of their image: those of a private CA, and OpenShift's own. */
import { mergeable, type Setting } from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';

const folder = '/etc/trusted-ca';

/** Empty until a cluster merges `ca-bundle.crt` into it. Declared, so that the ConfigMap exists before the first Job. */
export const trustedBundle = mergeable({
  name: 'trusted-ca',
  purpose: 'The file ca-bundle.crt: certificates of a private CA (clusters/README.md).',
  settings: {},
  files: ['ca-bundle.crt'],
  filledBy: { 'config.openshift.io/inject-trusted-cabundle': 'true' },
});

/**
 * A folder of every container that opens TLS connections. A cluster sets `ca-bundle.crt` in the ConfigMap `trusted-ca`.
 * OpenShift creates `service-ca.crt` in each namespace, for the certificates that it signs itself.
 */
export const trustedCa = {
  mountPath: folder,
  configMaps: [trustedBundle.name, 'openshift-service-ca.crt'],
} as const;

/**
 * A setting that names the file of the CA that signed a server's certificate. Without it the client uses no TLS, or the
 * certificates of its image.
 * @param purpose what the setting changes
 */
export const caFile = (purpose: string): Setting => ({
  purpose: `File of certificates to trust, in ${folder}. ${purpose}`,
  pattern: new RegExp(`${folder}/(ca-bundle|service-ca)\\.crt`),
});

export const trustedCaContract = contract({ settings: [trustedBundle] });
