import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { binary, type BinaryName } from './binary.ts';

/** Becomes the tool: arguments, standard streams and exit code are its own. */
export const runBinary = async (name: BinaryName): Promise<void> => {
  const child = spawn(await binary(name), process.argv.slice(2), { stdio: 'inherit' });
  child.on('close', (code, signal) => {
    process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
  });
};
