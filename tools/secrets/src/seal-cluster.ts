import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterNames } from '../../repository/src/clusters.ts';
import { allowed } from '../../clusters/src/suggest.ts';
import { kustomizeBuild } from '../../manifests/src/kustomize.ts';
import { parseManifests } from '../../manifests/src/manifest.ts';
import { seal, type Recipient } from './kubeseal.ts';
import { listing, readSealed, sealedFile, sealedText, valuesToSeal, type Sealed, type SealRequest } from './sealing.ts';

/** Names of Secrets with newly sealed values, and of unchanged ones. */
export interface SealResult {
  readonly sealed: readonly string[];
  readonly kept: readonly string[];
}

/** Writes a file in one step, so that a reader never sees half of it. */
const writeWhole = (file: string, text: string): void => {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
};

/**
 * Seals the Secrets that a cluster needs and does not have, and lists the file in its kustomization. Seals everything
 * before it writes anything.
 * @throws Error with the file's name and the fault; then no file has changed
 */
export const sealCluster = async (
  root: string,
  cluster: string,
  request: SealRequest,
  recipient: Recipient,
): Promise<SealResult> => {
  const names = clusterNames(root);
  if (!names.includes(cluster)) throw new Error(`clusters/${cluster}: does not exist; ${allowed(cluster, names)}`);
  const folder = join(root, 'clusters', cluster);
  const [kustomization, file] = [join(folder, 'kustomization.yaml'), join(folder, sealedFile)];
  const inFile = async <Result>(work: () => Result | Promise<Result>): Promise<Result> => {
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
  const before = existsSync(file) ? readSealed(readFileSync(file, 'utf8')) : {};
  // Do not run the checks of a cluster, because they refuse one whose Secrets are not sealed yet.
  const objects = parseManifests(await inFile(() => kustomizeBuild(folder)));
  const values = await inFile(() => valuesToSeal(objects, before, request));
  const listed = await inFile(() => listing(readFileSync(kustomization, 'utf8')));
  const after: Record<string, Sealed[string]> = { ...before };
  for (const [name, ofSecret] of Object.entries(values))
    after[name] = { ...before[name], ...(await seal(name, ofSecret, recipient)) };
  writeWhole(file, sealedText(cluster, after));
  if (listed !== readFileSync(kustomization, 'utf8')) writeWhole(kustomization, listed);
  const sealed = Object.keys(values);
  return { sealed, kept: Object.keys(after).filter((name) => !sealed.includes(name)) };
};
