import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOverlays, withOverlay } from '../src/overlays.ts';
import { renderCluster, type Rendered } from '../src/render.ts';
import { scratchRepository } from './scratch.ts';
import { repository } from '../../repository/src/repository.ts';

/** Calls a function with a copy of one of our clusters, whose file is changed. */
export const withChanged = async <Result>(
  cluster: string,
  change: (text: string) => string,
  work: (root: string) => Promise<Result>,
): Promise<Result> => {
  const { root, remove } = scratchRepository();
  try {
    cpSync(join(repository, 'clusters', cluster), join(root, 'clusters', cluster), { recursive: true });
    const file = join(root, 'clusters', cluster, 'kustomization.yaml');
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    return await work(root);
  } finally {
    remove();
  }
};

/** Renders a copy of one of our clusters, whose file is changed. */
export const renderChanged = (cluster: string, change: (text: string) => string): Promise<Rendered> =>
  withChanged(cluster, change, (root) => renderCluster(cluster, root));

/** Renders a copy of one of our clusters with one more option. */
export const addOption = async (cluster: string, option: string): Promise<string> =>
  (await renderChanged(cluster, withOverlay(`options/${option}`, readOverlays(repository)))).yaml;
