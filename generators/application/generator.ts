/** Nx generator: adds an application. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as contracts from '@cost-onprem/contracts';
import { createProjectGraphAsync, formatFiles, logger, type Tree } from '@nx/devkit';
import { readOverlays } from '../../tools/clusters/src/overlays.ts';
import { refusing } from '../src/refusing.ts';
import { applicationFiles, type ApplicationRequest } from './application.ts';

type Options = Pick<ApplicationRequest, 'name' | 'kind' | 'port'> & {
  readonly workload?: string;
  readonly image?: string;
  readonly purpose?: string;
  readonly stacks: string;
};

/** Names of the libraries, and of the package of the same scope that is not in libs/. */
const takenNames = async (tree: Tree): Promise<ReadonlySet<string>> => {
  const { nodes } = await createProjectGraphAsync();
  return new Set([
    ...tree.children('libs'),
    ...Object.keys(nodes).flatMap((name) => /^@cost-onprem\/(.+)/.exec(name)?.[1] ?? []),
  ]);
};

const listed = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Adds the library and its lines elsewhere, then runs the generation. Changes no file if the request has a fault. */
export default async function application(
  tree: Tree,
  { workload, image = '', purpose = '', stacks, ...rest }: Options,
): Promise<() => void> {
  const taken = await takenNames(tree);
  refusing(() => {
    const known = readOverlays(tree.root).stacks;
    const named = listed(stacks);
    const request: ApplicationRequest = {
      ...rest,
      image,
      purpose,
      workload: workload ?? rest.name,
      stacks: named.length > 0 ? named : known,
    };
    const read = (path: string) => tree.read(path, 'utf8') ?? '';
    const agreed = { workloads: contracts.workloadNames, exports: contracts };
    for (const [path, text] of Object.entries(applicationFiles(request, read, taken, known, agreed)))
      tree.write(path, text);
  });
  await formatFiles(tree);
  return () => {
    execFileSync(process.execPath, [join(tree.root, 'generators/src/generate.ts')], { stdio: 'inherit' });
    logger.info(`Next: declare in libs/${rest.name}/src what it connects to, and run npm start.`);
  };
}
