/** Reads what a repository and a cluster's choices allow in a render. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { Fence } from '../../laws/src/index.ts';
import { at, parseManifests, type Manifest } from '../../manifests/src/manifest.ts';

const projectFile = 'overlays/argo-cd/app-project.yaml';

/** The option that removes all NetworkPolicies. */
const withoutPolicies = 'options/without-network-policies';

/** Kinds that Argo CD's project admits in a namespace, as `StatefulSet.apps` or `Service`. */
const namespacedKinds = (root: string): ReadonlySet<string> => {
  const project = load(readFileSync(join(root, projectFile), 'utf8'));
  const list = (at(project, 'spec', 'namespaceResourceWhitelist') ?? []) as readonly {
    readonly group: string;
    readonly kind: string;
  }[];
  return new Set(list.map(({ group, kind }) => (group === '' ? kind : `${kind}.${group}`)));
};

/** The objects of a kind in some files of a repository. */
const objectsIn = (root: string, pattern: string, kind: string): readonly Manifest[] =>
  globSync(pattern, { cwd: root })
    .toSorted()
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .filter((text) => text.includes(`kind: ${kind}`))
    .flatMap(parseManifests)
    .filter((object) => object.kind === kind);

/**
 * The fence of one cluster.
 * @param overlays of the cluster, as folders of overlays/
 * @param root of the repository that is rendered
 * @throws Error when the AppProject is missing or does not parse
 */
export const readFence = (overlays: ReadonlySet<string>, root: string): Fence => ({
  namespacedKinds: namespacedKinds(root),
  isolated: !overlays.has(withoutPolicies),
  policiesOfOptions: [...overlays]
    .filter((overlay) => overlay.startsWith('options/'))
    .flatMap((overlay) => objectsIn(root, `overlays/${overlay}/*.yaml`, 'NetworkPolicy')),
  accountsOfBases: () =>
    new Set(objectsIn(root, 'libs/*/base/**/*.yaml', 'ServiceAccount').map(({ metadata }) => metadata.name)),
});
