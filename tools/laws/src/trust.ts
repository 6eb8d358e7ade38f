/** A file of certificates that is named must be there: without it every connection fails, and says little about it. */
import { trustedCa } from '@cost-onprem/contracts';
import { isConfigMap } from '../../manifests/src/hash-suffix.ts';
import { identity, type Manifest } from '../../manifests/src/manifest.ts';
import type { Law } from './law.ts';

const [brought] = trustedCa.configMaps;
const file = 'ca-bundle.crt';

/** By this label OpenShift puts the certificates that the whole cluster trusts into a ConfigMap, under the same key. */
const injected = 'config.openshift.io/inject-trusted-cabundle';

const bringsFile = ({ data, metadata }: Manifest): boolean =>
  data?.[file] !== undefined || metadata.labels?.[injected] === 'true';

/** Whoever names the bundle that a cluster brings is given it. */
export const bundlesBrought: Law = (objects) =>
  objects.some((object) => isConfigMap(object, brought) && bringsFile(object))
    ? []
    : objects
        .filter(({ kind, data }) => kind === 'ConfigMap' && data?.['ca-file'] === `${trustedCa.mountPath}/${file}`)
        .map((object) => ({
          object: identity(object),
          sentence: `names ${trustedCa.mountPath}/${file}, and no ConfigMap ${brought} brings ${file}: see clusters/README.md`,
        }));
