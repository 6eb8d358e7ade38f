/** Renders clusters at an earlier revision and now, and compares the renders. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isProgramError } from '../../manifests/src/bounded.ts';
import { kustomizeBuild } from '../../manifests/src/kustomize.ts';
import { parseManifests } from '../../manifests/src/manifest.ts';
import { clusterNames } from '../../repository/src/clusters.ts';
import { changedSince, withCheckout, type Base } from './git.ts';
import { refusedChanges, type RefusedChange } from './refused.ts';
import type { KeepSize } from './rule.ts';

/** The result for one cluster. */
export interface Compared {
  readonly cluster: string;
  readonly refused: readonly RefusedChange[];
  /** Why this cluster was not compared. */
  readonly notCompared?: string;
  /** Why the cluster does not render now. */
  readonly broken?: string;
}

const fileOf = (cluster: string): string => `clusters/${cluster}/kustomization.yaml`;

type Render = { readonly yaml: string } | { readonly fault: string };

const render = async (root: string, cluster: string): Promise<Render> => {
  try {
    return { yaml: await kustomizeBuild(join(root, 'clusters', cluster)) };
  } catch (error) {
    if (!isProgramError(error)) throw error;
    const line = error.stderr.split('\n').find((text) => text.trim() !== '') ?? 'kustomize printed no reason';
    return { fault: line.replace(/^Error: /, '').replaceAll(`${root}/`, '') };
  }
};

const storageOf = (kustomization: string): string | undefined =>
  /^\s*-\s*\S*overlays\/(storage\/[\w.-]+)/m.exec(kustomization)?.[1];

/** Where to restore a size: in the cluster's line that changed, or in the overlay that the line names. */
export const keepSizeOf =
  (cluster: string, before: string, after: string): KeepSize =>
  (size) => {
    const [from, to] = [storageOf(before), storageOf(after)];
    return from && from !== to
      ? `overlays/${from} in ${fileOf(cluster)}`
      : `${size} in ${to ? `overlays/${to}` : fileOf(cluster)}`;
  };

const compareCluster = async (cluster: string, earlier: string, root: string, base: Base): Promise<Compared> => {
  const [before, after] = await Promise.all([render(earlier, cluster), render(root, cluster)]);
  if ('fault' in after) return { cluster, refused: [], broken: after.fault };
  if ('fault' in before) {
    return { cluster, refused: [], notCompared: `it does not render at ${base.name}: ${before.fault}` };
  }
  if (before.yaml === after.yaml) return { cluster, refused: [] };
  const files = await Promise.all([earlier, root].map((folder) => readFile(join(folder, fileOf(cluster)), 'utf8')));
  const keepSize = keepSizeOf(cluster, files[0] ?? '', files[1] ?? '');
  return { cluster, refused: refusedChanges(parseManifests(before.yaml), parseManifests(after.yaml), keepSize) };
};

/** The clusters that changed files belong to; undefined if a file outside of clusters/ has changed, which concerns all. */
const clustersOf = (files: readonly string[]): ReadonlySet<string> | undefined => {
  const names = files.map((file) => /^clusters\/([^/]+)\//.exec(file)?.[1]);
  return names.every((name) => name !== undefined) ? new Set(names) : undefined;
};

/**
 * Compares clusters of the working tree with the same clusters at an earlier revision.
 * @param names the clusters; all that the changed files concern if empty
 * @returns undefined if none of the clusters' source files has changed
 * @throws Error for a name that is a cluster in neither revision
 */
export const compareClusters = async (
  root: string,
  base: Base,
  names: readonly string[] = [],
): Promise<readonly Compared[] | undefined> => {
  const now = clusterNames(root);
  const changed = await changedSince(root, base);
  if (changed.length === 0 && names.every((name) => now.includes(name))) return undefined;
  return withCheckout(root, base, async (earlier) => {
    const then = clusterNames(earlier);
    const known = [...new Set([...now, ...then])];
    const concerned = clustersOf(changed);
    const unknown = names.find((name) => !known.includes(name));
    if (unknown)
      throw new Error(
        `clusters/${unknown} does not exist; ${known.length > 0 ? `the clusters are ${known.join(', ')}` : 'there are no clusters'}`,
      );
    const results: Compared[] = [];
    // One cluster at a time, both revisions in parallel: two processes fit a machine with two cores.
    for (const cluster of names.length > 0
      ? names
      : known.filter((name) => !then.includes(name) || (concerned?.has(name) ?? true))) {
      if (!then.includes(cluster)) results.push({ cluster, refused: [], notCompared: `it is new since ${base.name}` });
      else if (!now.includes(cluster)) results.push({ cluster, refused: [], notCompared: 'it no longer exists' });
      else results.push(await compareCluster(cluster, earlier, root, base));
    }
    return results;
  });
};
