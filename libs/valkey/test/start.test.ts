/** Runs the start command with a real server and damaged append-only files. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mayCutOff, start } from '../src/start.ts';
import { configuration } from '../src/valkey.ts';

const folder = mkdtempSync(join(tmpdir(), 'valkey-'));
const [programs, data, whole, socket] = ['bin', 'data', 'whole', 'socket'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
  string,
];
const file = join(data, 'appendonlydir/appendonly.aof.1.incr.aof');

const command = start({
  data,
  settings: join(folder, 'settings.conf'),
  configuration: join(folder, 'whole.conf'),
  percentForData: 60,
});

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  readonly log: () => string;
}
let running: Run | undefined;

const run = (): Run => {
  const child = spawn('sh', ['-c', command], {
    env: { ...process.env, PATH: `${programs}:${process.env['PATH']}`, REDISCLI_AUTH: 'secret', MEMORY_LIMIT: '512' },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => (text += part.toString()));
  running = { child, ended: new Promise((resolve) => child.on('close', resolve)), log: () => text };
  return running;
};

const end = async ({ child, ended }: Run, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
  child.kill(signal);
  await ended;
};

/** Sends commands in the inline form, and returns the answers. */
const ask = async (...lines: readonly string[]): Promise<string> => {
  const connection = connect(socket);
  let answer = '';
  connection.on('data', (part) => (answer += part.toString()));
  connection.end(['AUTH secret', ...lines, 'QUIT', ''].join('\r\n'));
  await new Promise((resolve, reject) => connection.on('close', resolve).on('error', reject));
  return answer;
};

const until = async (what: string, check: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await check()) return;
    await sleep(50);
  }
  throw new Error(`${what} did not happen; the log:\n${running?.log()}`);
};

const answers = () =>
  until('an answer', () =>
    ask('PING').then(
      (text) => text.includes('+PONG'),
      () => false,
    ),
  );

/** The number of tasks that wait in the queue. */
const tasks = async (): Promise<number> => Number(/:(\d+)/.exec(await ask('LLEN queue'))?.[1]);

beforeAll(async () => {
  mkdirSync(programs);
  // Debian has no Valkey before 13. Redis 7 has the same files, and the same program under another name.
  const found = await promisify(execFile)('sh', ['-c', 'command -v valkey-server || command -v redis-check-aof']);
  const program = found.stdout.trim();
  if (program.endsWith('redis-check-aof')) {
    symlinkSync(program, join(programs, 'valkey-server'));
    writeFileSync(join(programs, 'valkey-check-aof'), `#!/bin/sh\nexec ${program} "$@"\n`);
    chmodSync(join(programs, 'valkey-check-aof'), 0o755);
  }
  const here = configuration.replace(/^bind .*$/m, `unixsocket ${socket}`).replace(/^port .*$/m, 'port 0');
  writeFileSync(join(folder, 'settings.conf'), here.replace(/^dir .*$/m, `dir ${data}`));
  mkdirSync(data);
  const first = run();
  await answers();
  await ask(...Array.from({ length: 20 }, (_, task) => `RPUSH queue task-${task}`));
  // The server writes the file once a second.
  await sleep(1500);
  await end(first);
  cpSync(data, whole, { recursive: true });
});
beforeEach(() => {
  rmSync(data, { recursive: true });
  cpSync(whole, data, { recursive: true });
});
afterEach(async () => {
  if (running?.child.exitCode === null) await end(running, 'SIGTERM');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The bytes that earlier repairs cut off. */
const cutOff = (): readonly Buffer[] => {
  const copies = join(data, 'cut-off');
  return existsSync(copies) ? readdirSync(copies).map((name) => readFileSync(join(copies, name))) : [];
};

describe('the server starts', () => {
  test('with all tasks, and copies nothing, when the file is whole', async () => {
    const { log } = run();
    await answers();
    expect([await tasks(), cutOff()]).toEqual([20, []]);
    expect(log()).not.toContain('damaged');
  });

  test.each([
    ['zeros, as after a power failure', () => appendFileSync(file, Buffer.alloc(4096)), 20],
    ['other bytes', () => appendFileSync(file, 'xyz\r\n\0'), 20],
    ['half a command', () => truncateSync(file, statSync(file).size - 5), 19],
    ['an open transaction', () => appendFileSync(file, '*1\r\n$5\r\nMULTI\r\n*1\r\n$4\r\nPING\r\n'), 20],
  ] as const)('after %s at the end, and keeps what it cuts off', async (_, damage, left) => {
    damage();
    const damaged = readFileSync(file);
    const { log } = run();
    await answers();
    expect(await tasks()).toBe(left);
    const [copy = Buffer.alloc(0), ...more] = cutOff();
    expect(more).toEqual([]);
    expect(Buffer.concat([damaged.subarray(0, damaged.length - copy.length), copy])).toEqual(damaged);
    expect(log()).toContain(`the end of appendonly.aof.1.incr.aof was damaged: ${copy.length} bytes cut off`);
  });

  test('again, and takes new tasks, after a repair', async () => {
    appendFileSync(file, Buffer.alloc(64));
    const first = run();
    await answers();
    await ask('RPUSH queue another');
    await end(first, 'SIGTERM');
    const { log } = run();
    await answers();
    expect([await tasks(), cutOff().length]).toEqual([21, 1]);
    expect(log()).not.toContain('damaged');
  });
});

describe('the server does not start, and nothing changes, but the pod waits for a person', () => {
  /** How many bytes its log offers to cut off, after checks that it waits and changes nothing. */
  const waits = async (): Promise<string | undefined> => {
    const before = readFileSync(file);
    const { log, child, ended } = run();
    await until('the sentence', () => log().includes('a person must decide'));
    expect(child.exitCode).toBeNull();
    expect([readFileSync(file).equals(before), cutOff()]).toEqual([true, []]);
    child.kill('SIGTERM');
    expect(await ended).toBe(1);
    return /would cut off (.*) bytes/.exec(log())?.[1];
  };
  /** More than a start may cut off, in whole commands. */
  const much = '*1\r\n$4\r\nPING\r\n'.repeat(mayCutOff / 14 + 1);

  test('after a damage in the middle of much data', async () => {
    appendFileSync(file, `xyz\r\n${much}`);
    expect(await waits()).toBe(String(5 + much.length));
  });

  test('after a damaged length in the middle, behind which the server itself would cut off everything', async () => {
    const damage = `*2\r\n$4\r\nECHO\r\n$99999999\r\nx\r\n${much}`;
    appendFileSync(file, damage);
    expect(await waits()).toBe(String(damage.length));
  });

  test('without one of its files', async () => {
    rmSync(join(data, 'appendonlydir/appendonly.aof.1.base.rdb'));
    expect(await waits()).toBe('an unknown number of');
  });
});
