import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { binary } from '../../binaries/src/binary.ts';

const run = promisify(execFile);

/** How to render. The defaults are Argo CD's. */
export interface KustomizeOptions {
  readonly version?: 'kustomize' | 'kustomize-5.7';
}

/**
 * The output of plain `kustomize build` for a folder: everything that Argo CD would apply.
 * @throws Error with Kustomize's message in `stderr`
 */
export const kustomizeBuild = async (
  folder: string,
  { version = 'kustomize' }: KustomizeOptions = {},
): Promise<string> => {
  const { stdout } = await run(await binary(version), ['build', folder], { maxBuffer: 256 * 2 ** 20 });
  return stdout;
};
