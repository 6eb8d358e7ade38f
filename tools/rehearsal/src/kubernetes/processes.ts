/** Processes of a stage. A file lists them, so that a later command can end them, too. */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** One started process in the list. */
interface Started {
  readonly name: string;
  readonly pid: number;
  /** Its start, in the kernel's ticks, which a later process with the same PID does not share. */
  readonly began: string;
}

/**
 * The kernel's field 22 of /proc/<pid>/stat; the name before it may contain spaces. A zombie counts as dead: its parent has
 * only not reaped it yet.
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

/** All listed processes, alive or not. */
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

/** The file with a process's output. */
export const logOf = (state: string, name: string): string => join(state, 'logs', `${name}.log`);

/** Lists a process, so that `endAll` ends it. */
export const note = (state: string, name: string, pid: number): void =>
  appendFileSync(list(state), `${JSON.stringify({ name, pid, began: beganAt(pid) ?? '' })}\n`);

/** Starts a process that outlives this one. */
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
  // A stopped process would not handle the signal.
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

/** Stops a process with SIGSTOP until it is resumed. */
export const suspend = (state: string, name: string): void => signal(state, name, 'SIGSTOP');
export const resume = (state: string, name: string): void => signal(state, name, 'SIGCONT');

/** Kills every listed process, because none has anything to save, and empties the list. */
export const endAll = async (state: string): Promise<void> => {
  await Promise.all(started(state).map(end));
  rmSync(list(state), { force: true });
};

/**
 * Waits until a condition holds.
 * @param seconds limit
 * @throws Error naming what did not happen, and the folder of the logs
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
