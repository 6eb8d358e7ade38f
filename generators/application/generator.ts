/** Nx generator: adds an application. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { formatFiles, logger, type Tree } from '@nx/devkit';
import { readOverlays } from '../../tools/clusters/src/overlays.ts';
import { refusing } from '../src/refusing.ts';
import { applicationFiles, type ApplicationRequest } from './application.ts';

type Options = Omit<ApplicationRequest, 'workload' | 'stacks'> & {
  readonly workload?: string;
  readonly stacks: string;
};

/** Adds the library and its lines elsewhere, then writes what follows; or refuses and changes nothing. */
export default async function application(tree: Tree, { workload, stacks, ...rest }: Options): Promise<() => void> {
  refusing(() => {
    const known = readOverlays(tree.root).stacks;
    const named = stacks
      .split(',')
      .map((stack) => stack.trim())
      .filter((stack) => stack !== '');
    const request = { ...rest, workload: workload ?? rest.name, stacks: named.length > 0 ? named : known };
    const read = (path: string) => tree.read(path, 'utf8') ?? '';
    for (const [path, text] of Object.entries(applicationFiles(request, read, new Set(tree.children('libs')), known))) {
      tree.write(path, text);
    }
  });
  await formatFiles(tree);
  return () => {
    execFileSync(process.execPath, [join(tree.root, 'generators/src/generate.ts')], { stdio: 'inherit' });
    logger.info(`Next: declare in libs/${rest.name}/src what it connects to, and npm start.`);
  };
}
