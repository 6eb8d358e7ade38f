/** Runs a program that reads files of users, within limits that a hostile or mistaken file cannot exceed. */
import { spawn, type ChildProcess } from 'node:child_process';

/** What a program may use. */
export interface Limits {
  /** Of real time, which passes also while other programs have the processor. */
  readonly seconds: number;
  /** Of processor time. */
  readonly processorSeconds: number;
  /** Virtual addresses, which programs in Go reserve generously. macOS does not enforce this limit. */
  readonly mebibytesOfAddresses: number;
  readonly mebibytesOfOutput: number;
}

/** A program that failed, or that was stopped. */
export interface ProgramError extends Error {
  /** What it printed, or the sentence about its limit. */
  readonly stderr: string;
  /** True if it needed more than its limits allow. */
  readonly stopped: boolean;
}

/** The end of every message about a limit. */
const advice = 'look for YAML aliases that multiply, and for references to other hosts';

/** Messages of Go's runtime, when the system refuses it memory. */
const outOfMemory = /out of memory|cannot allocate memory|failed to reserve|errno=12/i;

/** Bytes of an error message that are kept: a trace of Go can be long. */
const keptOfErrors = 2 ** 16;

/** Sets the limits that the kernel enforces, also if this process is killed, and becomes the program. */
const script = 'ulimit -t "$1"; ulimit -v "$2" 2>/dev/null; shift 2; exec "$@"';

const running = new Set<ChildProcess>();

/** Ends a program and the processes that it started. */
const kill = ({ pid }: ChildProcess): void => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
};

const killAll = (): void => running.forEach(kill);

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A group of its own does not get the terminal's Ctrl-C, so this process passes its end on. */
const endWithUs = (signal: NodeJS.Signals): void => {
  killAll();
  listen('off');
  process.kill(process.pid, signal);
};

const listen = (change: 'on' | 'off'): void => {
  process[change]('exit', killAll);
  for (const signal of signals) process[change](signal, endWithUs);
};

const begin = (child: ChildProcess): void => {
  if (running.size === 0) listen('on');
  running.add(child);
};

const end = (child: ChildProcess): void => {
  kill(child);
  running.delete(child);
  if (running.size === 0) listen('off');
};

/** Whether a program ran and failed or was stopped, in contrast to one that did not start. */
export const isProgramError = (error: unknown): error is ProgramError =>
  error instanceof Error && typeof (error as Partial<ProgramError>).stderr === 'string';

const programError = (stderr: string, stopped: boolean): ProgramError =>
  Object.assign(new Error(stderr), { stderr, stopped });

/**
 * The standard output of a program.
 * @param title its name in messages
 * @param variables in addition to those of this process
 * @throws ProgramError if it fails, or needs more than its limits
 */
export const runBounded = (
  title: string,
  program: string,
  args: readonly string[],
  { seconds, processorSeconds, mebibytesOfAddresses, mebibytesOfOutput }: Limits,
  variables: Readonly<Record<string, string>> = {},
): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      'sh',
      ['-c', script, 'sh', String(processorSeconds), String(mebibytesOfAddresses * 1024), program, ...args],
      { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...variables } },
    );
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    let written = 0;
    let said = 0;
    let reason: string | undefined;
    const stop = (why: string): void => {
      reason ??= why;
      kill(child);
    };
    const timer = setTimeout(() => stop(`did not end within ${seconds} seconds`), seconds * 1000);
    begin(child);
    child.stdout.on('data', (part: Buffer) => {
      written += part.length;
      if (written > mebibytesOfOutput * 2 ** 20) stop(`wrote more than ${mebibytesOfOutput} MiB`);
      else output.push(part);
    });
    child.stderr.on('data', (part: Buffer) => {
      if (said < keptOfErrors) errors.push(part);
      said += part.length;
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      end(child);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      end(child);
      if (code === 0 && reason === undefined) return resolve(Buffer.concat(output).toString());
      const stderr = Buffer.concat(errors).toString();
      if (signal === 'SIGXCPU') reason ??= `used the processor for more than ${processorSeconds} seconds`;
      if (outOfMemory.test(stderr)) reason ??= `needed more than ${mebibytesOfAddresses} MiB of memory`;
      if (reason !== undefined) return reject(programError(`${title} ${reason} and was stopped; ${advice}`, true));
      reject(programError(stderr || `${title} ended with ${signal ?? code} and printed nothing`, false));
    });
  });
