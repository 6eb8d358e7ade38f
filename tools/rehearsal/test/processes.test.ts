import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { beganAt, endAll, logOf, start, started, until } from '../src/kubernetes/processes.ts';

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'processes-'));
  mkdirSync(join(state, 'logs'));
});
afterEach(async () => {
  await endAll(state);
  rmSync(state, { recursive: true, force: true });
});

const run = (name: string, script: string) => start(state, name, ['sh', '-c', script], { PATH: process.env['PATH'] });

test('a later command finds and ends a started process', async () => {
  run('one', 'echo hello; exec sleep 60');
  await until('its first word', 5, state, async () => readFileSync(logOf(state, 'one'), 'utf8') === 'hello\n');
  const [one] = started(state);
  expect(one).toMatchObject({ name: 'one', alive: true });
  await endAll(state);
  expect(beganAt(one?.pid ?? 0)).toBe(undefined);
  expect(started(state)).toEqual([]);
});

test('what does not listen to SIGTERM is killed', { timeout: 15_000 }, async () => {
  run('deaf', 'trap "" TERM; echo deaf; while :; do sleep 1; done');
  await until('its first word', 5, state, async () => readFileSync(logOf(state, 'deaf'), 'utf8') === 'deaf\n');
  const [deaf] = started(state);
  await endAll(state);
  expect(beganAt(deaf?.pid ?? 0)).toBe(undefined);
});

test('a process with the PID of a dead one is left alone', async () => {
  appendFileSync(join(state, 'processes'), `${JSON.stringify({ name: 'old', pid: process.pid, began: '1' })}\n`);
  expect(started(state)).toMatchObject([{ name: 'old', alive: false }]);
  await endAll(state);
});

test('the error of a timeout names the event and the folder of the logs', async () => {
  await expect(until('the impossible', 0.3, state, () => Promise.reject(new Error('no')))).rejects.toThrow(
    `the impossible did not happen in 0.3 s; logs are in ${join(state, 'logs')}`,
  );
});
