import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeExamples } from '../../scratch/src/examples.ts';
import { repository } from '../../repository/src/repository.ts';

/** A copy of the files that Kustomize reads, with the examples as its only clusters, which tests may change. */
export const scratchRepository = (): { readonly root: string; readonly remove: () => void } => {
  const root = mkdtempSync(join(tmpdir(), 'cost-onprem-'));
  cpSync(join(repository, 'overlays'), join(root, 'overlays'), { recursive: true });
  for (const library of readdirSync(join(repository, 'libs'))) {
    const base = join('libs', library, 'base');
    if (existsSync(join(repository, base))) cpSync(join(repository, base), join(root, base), { recursive: true });
  }
  writeExamples(root);
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
};
