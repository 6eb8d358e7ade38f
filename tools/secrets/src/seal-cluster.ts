import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildUnchecked, inFile } from './build-unchecked.ts';
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
  const objects = await buildUnchecked(root, cluster);
  const folder = join(root, 'clusters', cluster);
  const [kustomization, file] = [join(folder, 'kustomization.yaml'), join(folder, sealedFile)];
  const before = existsSync(file) ? readSealed(readFileSync(file, 'utf8')) : {};
  const values = await inFile(cluster, () => valuesToSeal(objects, before, request));
  const listed = await inFile(cluster, () => listing(readFileSync(kustomization, 'utf8')));
  const after: Record<string, Sealed[string]> = { ...before };
  for (const [name, ofSecret] of Object.entries(values))
    after[name] = { ...before[name], ...(await seal(name, ofSecret, recipient)) };
  writeWhole(file, sealedText(cluster, after));
  if (listed !== readFileSync(kustomization, 'utf8')) writeWhole(kustomization, listed);
  const sealed = Object.keys(values);
  return { sealed, kept: Object.keys(after).filter((name) => !sealed.includes(name)) };
};
