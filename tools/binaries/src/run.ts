import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { binary, type BinaryName } from './binary.ts';

/** Signals that end the command; the tool gets them too, so that it never outlives who called it. */
const passedOn = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

const become = (path: string): void => {
  // Before the tool starts: it may be up, and the signal here, before the next line runs.
  for (const signal of passedOn) process.on(signal, () => child.kill(signal));
  const child = spawn(path, process.argv.slice(2), { stdio: 'inherit' });
  child.on('close', (code, signal) => {
    process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
  });
};

/**
 * Becomes the tool: arguments, standard streams and exit code are its own (128 + the signal's number when a signal ends
 * it). A tool that cannot be had is one sentence on stderr and exit code 1.
 */
export const runBinary = (name: BinaryName): Promise<void> =>
  binary(name).then(become, (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
