/** Processes of a stage: started in the background, written down, and ended, whoever asks. */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** One process that was started, as it is written down. */
interface Started {
  readonly name: string;
  readonly pid: number;
  /** When it began, in the kernel's ticks: a number that a later process with the same PID does not have. */
  readonly began: string;
}

/**
 * The kernel's field 22 of /proc/<pid>/stat; the name before it may hold spaces. A zombie is dead: its parent has only
 * not looked yet.
 */
export const beganAt = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
};

const list = (state: string): string => join(state, 'processes');

const lives = ({ pid, began }: Started): boolean => beganAt(pid) === began;

/** All processes that were written down, alive or not. */
export const started = (state: string): readonly (Started & { readonly alive: boolean })[] =>
  existsSync(list(state))
    ? readFileSync(list(state), 'utf8')
        .trim()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => {
          const process = JSON.parse(line) as Started;
          return { ...process, alive: lives(process) };
        })
    : [];

/** Where the output of a process is. */
export const logOf = (state: string, name: string): string => join(state, 'logs', `${name}.log`);

/** Starts a process that goes on when this one ends. */
export const start = (
  state: string,
  name: string,
  command: readonly [string, ...string[]],
  env: Readonly<Record<string, string | undefined>>,
): void => {
  const log = openSync(logOf(state, name), 'a');
  const [program, ...args] = command;
  const child = spawn(program, args, { cwd: state, env, detached: true, stdio: ['ignore', log, log] });
  child.on('error', (error) => appendFileSync(logOf(state, name), `${error.message}\n`));
  child.unref();
  if (child.pid === undefined) throw new Error(`${name} does not start; see ${logOf(state, name)}`);
  appendFileSync(list(state), `${JSON.stringify({ name, pid: child.pid, began: beganAt(child.pid) ?? '' })}\n`);
};

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const end = async (entry: Started): Promise<void> => {
  if (!lives(entry)) return;
  process.kill(entry.pid, 'SIGTERM');
  for (let round = 0; round < 50 && lives(entry); round += 1) await sleep(100);
  if (lives(entry)) process.kill(entry.pid, 'SIGKILL');
  for (let round = 0; round < 50 && lives(entry); round += 1) await sleep(20);
};

/** Ends every process that was written down, the last first, and forgets them. */
export const endAll = async (state: string): Promise<void> => {
  for (const entry of started(state).toReversed()) await end(entry);
  rmSync(list(state), { force: true });
};

/**
 * Waits until a check holds.
 * @param seconds how long
 * @throws Error saying what did not happen, and where the logs are
 */
export const until = async (
  what: string,
  seconds: number,
  state: string,
  check: () => Promise<boolean>,
): Promise<void> => {
  const deadline = performance.now() + seconds * 1000;
  while (!(await check().catch(() => false))) {
    if (performance.now() > deadline)
      throw new Error(`${what} did not happen in ${seconds} s; logs are in ${join(state, 'logs')}`);
    await sleep(200);
  }
};
