import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderCluster } from '../src/render.ts';
import { scratchRepository } from './scratch.ts';
import { repository } from '../../repository/src/repository.ts';

/** Renders one of our clusters with one option more, from a copy. */
export const addOption = async (cluster: string, option: string): Promise<string> => {
  const { root, remove } = scratchRepository();
  try {
    cpSync(join(repository, 'clusters', cluster), join(root, 'clusters', cluster), { recursive: true });
    const file = join(root, 'clusters', cluster, 'kustomization.yaml');
    const storage = /^ {2}- \.\.\/\.\.\/overlays\/storage/m;
    const text = readFileSync(file, 'utf8').replace(storage, `  - ../../overlays/options/${option}\n$&`);
    writeFileSync(file, text);
    return (await renderCluster(cluster, root)).yaml;
  } finally {
    remove();
  }
};
