/** A named certificate file must exist: without it every connection fails with an unclear error. */
import { trustedCa } from '@cost-onprem/contracts';
import { isConfigMap } from '../../manifests/src/hash-suffix.ts';
import { identity, type Manifest } from '../../manifests/src/manifest.ts';
import type { Law } from './law.ts';

const [brought] = trustedCa.configMaps;
const file = 'ca-bundle.crt';

/** With this label OpenShift puts the certificates that the whole cluster trusts into a ConfigMap, under the same key. */
const injected = 'config.openshift.io/inject-trusted-cabundle';

const bringsFile = ({ data, metadata }: Manifest): boolean =>
  data?.[file] !== undefined || metadata.labels?.[injected] === 'true';

/** Every container that names the cluster's CA bundle gets it. */
export const bundlesBrought: Law = (objects) =>
  objects.some((object) => isConfigMap(object, brought) && bringsFile(object))
    ? []
    : objects
        .filter(({ kind, data }) => kind === 'ConfigMap' && data?.['ca-file'] === `${trustedCa.mountPath}/${file}`)
        .map((object) => ({
          object: identity(object),
          sentence: `names ${trustedCa.mountPath}/${file}, but no ConfigMap ${brought} has ${file}: see clusters/README.md`,
        }));
