/** A client that does not read how a server is protected cannot connect to it, or connects without protection. */
import { movable } from '@cost-onprem/contracts';
import { reachesLabel } from '@cost-onprem/kit/labels';
import { podPort } from '@cost-onprem/kit/vocabulary';
import { configMapNamed, withoutHash } from '../../manifests/src/hash-suffix.ts';
import { containersOf, identity, podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import { mergeables } from '../../repository/src/declarations.ts';
import type { Law } from './law.ts';

/** The keys of an address that a cluster has set. A key with a default is one that clients may know. */
const setByCluster = ({ metadata, data = {} }: Manifest): readonly string[] => {
  const declared = mergeables.find(({ name }) => name === withoutHash(metadata.name))?.settings ?? {};
  return Object.keys(data)
    .toSorted()
    .filter((key) => key !== podPort && declared[key] && declared[key].value === undefined);
};

const reads = (client: Manifest, configMap: string): ReadonlySet<string> =>
  new Set(
    containersOf(podTemplateOf(client)?.spec ?? {}).flatMap(({ env = [] }) =>
      env.flatMap(({ valueFrom: { configMapKeyRef } = {} }) =>
        configMapKeyRef?.name === configMap ? [configMapKeyRef.key] : [],
      ),
    ),
  );

/** Every client of an address reads each key that the cluster has set in its ConfigMap. */
export const settingsRead: Law = (objects) =>
  movable.flatMap(({ configMap, to }) => {
    const endpoint = configMapNamed(objects, configMap);
    const keys = endpoint ? setByCluster(endpoint) : [];
    if (!endpoint || keys.length === 0) return [];
    const clients = objects.filter((object) => podTemplateOf(object)?.metadata?.labels?.[reachesLabel(to)] === 'true');
    return clients.flatMap((client) => {
      const read = reads(client, endpoint.metadata.name);
      // A pod that reads nothing of it has its addresses from another application.
      const unread = read.size === 0 ? [] : keys.filter((key) => !read.has(key));
      return unread.length === 0
        ? []
        : [
            {
              object: identity(client),
              sentence: `cannot use ${unread.join(', ')} of ${configMap}, which this cluster sets: its program connects to ${to.workload} only without`,
            },
          ];
    });
  });
