/** Real programs exceed each limit; every time one sentence says so, and no process is left. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { runBounded } from '../src/bounded.ts';
import { kustomizeBuild } from '../src/kustomize.ts';

const folder = mkdtempSync(join(tmpdir(), 'bounded-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const limits = { seconds: 1, processorSeconds: 1, mebibytesOfAddresses: 512, mebibytesOfOutput: 1 };
const shell = (script: string) => runBounded('The program', 'sh', ['-c', script], limits);

/** Whether a process is alive. A zombie is not. */
const lives = (pid: number): boolean => {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
};

/** The process whose number a program wrote. */
const pidIn = (file: string): number => Number(readFileSync(file, 'utf8'));

test('returns the output', async () => {
  await expect(shell('echo "$HOME" well')).resolves.toMatch(/ well\n$/);
});

test('passes on what a failing program says', async () => {
  await expect(shell('echo wrong >&2; exit 3')).rejects.toMatchObject({ stderr: 'wrong\n', stopped: false });
});

test('time: the program and what it started end', async () => {
  const file = join(folder, 'sleeper');
  await expect(shell(`sleep 100 & echo $! > ${file}; wait`)).rejects.toThrow(
    'The program did not end within 1 seconds and was stopped; ',
  );
  await sleep(100);
  expect(lives(pidIn(file))).toBe(false);
});

test('output', async () => {
  await expect(shell('yes')).rejects.toThrow('The program wrote more than 1 MiB and was stopped; ');
});

test('the end of this process ends the program', async () => {
  const file = join(folder, 'orphan');
  const module = join(import.meta.dirname, '../src/bounded.ts');
  const code = `import { runBounded } from '${module}';
    await runBounded('It', 'sh', ['-c', 'echo $$ > ${file}; exec sleep 100'], { seconds: 50, processorSeconds: 50, mebibytesOfAddresses: 512, mebibytesOfOutput: 1 });`;
  const parent = spawn(process.execPath, ['--input-type=module-typescript', '-e', code]);
  const ended = new Promise((resolve) => parent.on('close', (_, signal) => resolve(signal)));
  for (let tries = 0; tries < 100 && spawnSync('test', ['-s', file]).status !== 0; tries += 1) await sleep(100);
  parent.kill('SIGTERM');
  expect(await ended).toBe('SIGTERM');
  await sleep(100);
  expect(lives(pidIn(file))).toBe(false);
});

test.skipIf(process.platform === 'darwin')(
  'memory: aliases that grow to gigabytes',
  async () => {
    const bomb = join(folder, 'bomb');
    mkdirSync(bomb);
    const list = (items: string) => `[${Array.from({ length: 10 }, () => items).join(', ')}]`;
    const levels = Array.from(
      { length: 9 },
      (_, level) => `  a${level}: &a${level} ${list(level ? `*a${level - 1}` : 'x')}`,
    );
    writeFileSync(
      join(bomb, 'bomb.yaml'),
      `apiVersion: example.com/v1\nkind: Bomb\nmetadata:\n  name: bomb\nspec:\n${levels.join('\n')}\n`,
    );
    writeFileSync(join(bomb, 'kustomization.yaml'), 'resources: [bomb.yaml]\n');
    await expect(kustomizeBuild(bomb)).rejects.toThrow(
      /^Kustomize (needed more than 2048 MiB of memory|used the processor for more than 60 seconds) and was stopped; /,
    );
  },
  90_000,
);
