/** Processes of a stage: started in the background, written down, and ended, whoever asks. */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

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

/** Writes down a process, so that `endAll` ends it. */
export const note = (state: string, name: string, pid: number): void =>
  appendFileSync(list(state), `${JSON.stringify({ name, pid, began: beganAt(pid) ?? '' })}\n`);

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
  note(state, name, child.pid);
};

const end = async (entry: Started): Promise<void> => {
  if (!lives(entry)) return;
  process.kill(entry.pid, 'SIGTERM');
  // One that rests would never hear it.
  process.kill(entry.pid, 'SIGCONT');
  for (let round = 0; round < 40 && lives(entry); round += 1) await sleep(50);
  if (lives(entry)) process.kill(entry.pid, 'SIGKILL');
  for (let round = 0; round < 50 && lives(entry); round += 1) await sleep(20);
};

const signal = (state: string, name: string, what: NodeJS.Signals): void => {
  const entry = started(state).find((one) => one.name === name && one.alive);
  if (!entry) throw new Error(`no process ${name} runs`);
  process.kill(entry.pid, what);
};

/** Lets a process rest until it is resumed. */
export const suspend = (state: string, name: string): void => signal(state, name, 'SIGSTOP');
export const resume = (state: string, name: string): void => signal(state, name, 'SIGCONT');

/** Ends every process that was written down, and forgets them; none has anything to save. */
export const endAll = async (state: string): Promise<void> => {
  await Promise.all(started(state).map(end));
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
