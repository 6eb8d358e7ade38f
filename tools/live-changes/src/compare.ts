/** Renders clusters as they were and as they are, and compares. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kustomizeBuild } from '../../manifests/src/kustomize.ts';
import { parseManifests } from '../../manifests/src/manifest.ts';
import { changedSince, saidNo, withCheckout, type Base } from './git.ts';
import { refusedChanges, type RefusedChange } from './refused.ts';
import type { KeepSize } from './rule.ts';

/** What came of one cluster. */
export interface Compared {
  readonly cluster: string;
  readonly refused: readonly RefusedChange[];
  /** Why there is nothing to compare. */
  readonly notCompared?: string;
  /** Why what is there now is no cluster at all. */
  readonly broken?: string;
}

const fileOf = (cluster: string): string => `clusters/${cluster}/kustomization.yaml`;

/** The clusters of a folder that has a `clusters`. */
export const clustersIn = async (root: string): Promise<readonly string[]> => {
  if (!existsSync(join(root, 'clusters'))) return [];
  const names = await readdir(join(root, 'clusters'));
  return names.filter((name) => existsSync(join(root, fileOf(name)))).toSorted();
};

type Render = { readonly yaml: string } | { readonly fault: string };

const render = async (root: string, cluster: string): Promise<Render> => {
  try {
    return { yaml: await kustomizeBuild(join(root, 'clusters', cluster)) };
  } catch (error) {
    if (!saidNo(error)) throw error;
    const line = error.stderr.split('\n').find((text) => text.trim() !== '') ?? 'kustomize gives no reason';
    return { fault: line.replace(/^Error: /, '').replaceAll(`${root}/`, '') };
  }
};

const storageOf = (kustomization: string): string | undefined =>
  /^\s*-\s*\S*overlays\/(storage\/[\w.-]+)/m.exec(kustomization)?.[1];

/** Where a person keeps a size: in the line of the cluster that changed, or in the overlay that it names. */
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

/**
 * Compares clusters of the working tree with themselves at an earlier revision.
 * @param names the clusters; all of them if empty
 * @returns undefined if nothing that they are rendered from has changed
 * @throws Error for a name that is a cluster on neither side
 */
export const compareClusters = async (
  root: string,
  base: Base,
  names: readonly string[] = [],
): Promise<readonly Compared[] | undefined> => {
  const now = await clustersIn(root);
  const unchanged = !(await changedSince(root, base));
  if (unchanged && names.every((name) => now.includes(name))) return undefined;
  return withCheckout(root, base, async (earlier) => {
    const then = await clustersIn(earlier);
    const known = [...new Set([...now, ...then])];
    const unknown = names.find((name) => !known.includes(name));
    if (unknown) throw new Error(`clusters/${unknown} does not exist; there are ${known.join(', ') || 'no clusters'}`);
    const results: Compared[] = [];
    // One cluster at a time, both sides at once: as many processes as a small machine has cores.
    for (const cluster of names.length > 0 ? names : known) {
      if (!then.includes(cluster)) results.push({ cluster, refused: [], notCompared: `it is new since ${base.name}` });
      else if (!now.includes(cluster)) results.push({ cluster, refused: [], notCompared: 'it is there no more' });
      else results.push(await compareCluster(cluster, earlier, root, base));
    }
    return results;
  });
};
