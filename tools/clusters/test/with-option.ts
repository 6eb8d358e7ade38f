import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOverlays, withOverlay } from '../src/overlays.ts';
import { renderCluster, type Rendered } from '../src/render.ts';
import { scratchRepository } from './scratch.ts';
import type { ExampleName } from '../../scratch/src/examples.ts';
import { repository } from '../../repository/src/repository.ts';

/** Calls a function with an example, whose file is changed. */
export const withChanged = async <Result>(
  cluster: ExampleName,
  change: (text: string) => string,
  work: (root: string) => Promise<Result>,
): Promise<Result> => {
  const { root, remove } = scratchRepository();
  try {
    const file = join(root, 'clusters', cluster, 'kustomization.yaml');
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    return await work(root);
  } finally {
    remove();
  }
};

/** Renders an example, whose file is changed. */
export const renderChanged = (cluster: ExampleName, change: (text: string) => string): Promise<Rendered> =>
  withChanged(cluster, change, (root) => renderCluster(cluster, root));

/** Renders an example with one more option. */
export const addOption = async (cluster: ExampleName, option: string): Promise<string> =>
  (await renderChanged(cluster, withOverlay(`options/${option}`, readOverlays(repository)))).yaml;
