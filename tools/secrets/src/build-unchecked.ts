import { join } from 'node:path';
import { clusterNames } from '../../repository/src/clusters.ts';
import { allowed } from '../../repository/src/suggest.ts';
import { kustomizeBuild } from '../../manifests/src/kustomize.ts';
import { parseManifests, type Manifest } from '../../manifests/src/manifest.ts';

/** Runs work on a cluster's file. @throws Error each of whose lines begins with the file */
export const inFile = async <Result>(cluster: string, work: () => Result | Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    const { stderr, message } = error as { readonly stderr?: string; readonly message: string };
    const lines = (stderr ?? message).trim().split('\n');
    throw new Error(lines.map((line) => `clusters/${cluster}/kustomization.yaml: ${line}`).join('\n'), {
      cause: error,
    });
  }
};

/**
 * The objects of a cluster without the checks, which refuse a cluster whose Secrets are not there yet.
 * @throws Error with the file and the fault, or with the clusters that exist
 */
export const buildUnchecked = async (root: string, cluster: string): Promise<readonly Manifest[]> => {
  const names = clusterNames(root);
  if (!names.includes(cluster)) throw new Error(`clusters/${cluster}: does not exist; ${allowed(cluster, names)}`);
  return parseManifests(await inFile(cluster, () => kustomizeBuild(join(root, 'clusters', cluster))));
};
