import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { binary } from '../../binaries/src/binary.ts';

const run = promisify(execFile);

/** How to render; the defaults are what Argo CD does. */
export interface KustomizeOptions {
  readonly version?: 'kustomize' | 'kustomize-5.7';
  /** Lets files lie outside the folder: for checks only, Argo CD would refuse it. */
  readonly filesAnywhere?: boolean;
}

/**
 * What plain `kustomize build` says about a folder: everything that Argo CD would apply.
 * @throws Error with Kustomize's message in `stderr`
 */
export const kustomizeBuild = async (
  folder: string,
  { version = 'kustomize', filesAnywhere = false }: KustomizeOptions = {},
): Promise<string> => {
  const restrictor = filesAnywhere ? ['--load-restrictor=LoadRestrictionsNone'] : [];
  const { stdout } = await run(await binary(version), ['build', ...restrictor, folder], { maxBuffer: 256 * 2 ** 20 });
  return stdout;
};
