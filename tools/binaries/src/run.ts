import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { binary, type BinaryName } from './binary.ts';

/** Signals that end the command. The tool gets them too, so that it does not outlive the command. */
const passedOn = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

const become = (path: string): void => {
  // Register before the tool starts, because a signal may arrive right after that.
  for (const signal of passedOn) process.on(signal, () => child.kill(signal));
  const child = spawn(path, process.argv.slice(2), { stdio: 'inherit' });
  child.on('close', (code, signal) => {
    process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
  });
};

/**
 * Runs the tool with this command's arguments and standard streams, and exits with its exit code (128 + the signal's
 * number if a signal ends it). Prints one sentence to stderr and exits with 1 if the tool is not available.
 */
export const runBinary = (name: BinaryName): Promise<void> =>
  binary(name).then(become, (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
