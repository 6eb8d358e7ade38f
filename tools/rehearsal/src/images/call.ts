/** Runs the programs that build images. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Debian's package of each program. */
const packages: Readonly<Record<string, string>> = {
  go: 'golang',
  mmdebstrap: 'mmdebstrap',
  mvn: 'maven',
  unshare: 'util-linux',
};

/** Lines of a failed program's output in the error. */
const shown = 30;

/**
 * Runs a program to its end.
 * @param env in addition to the variables of this process
 * @throws Error with the end of the program's output, or with the package of a missing program
 */
export const call = async (
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> => {
  try {
    await run(program, args, { env: { ...process.env, ...env }, maxBuffer: 256 * 2 ** 20 });
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: string; stdout?: string; stderr?: string };
    if (code === 'ENOENT')
      throw new Error(`${program} is missing: install it (Debian: apt-get install ${packages[program] ?? program})`, {
        cause: error,
      });
    const said = `${stdout}${stderr}`.trim().split('\n').slice(-shown).join('\n');
    throw new Error(said || `${program} fails`, { cause: error });
  }
};
