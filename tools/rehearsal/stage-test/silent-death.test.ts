/** The watch of Koku’s workers, and the time-outs of Celery’s connections, with the real Celery and a real server. Needs python3, pip and redis-server. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { celerySettings } from '../../../libs/koku/src/celery.ts';
import { repository } from '../../repository/src/repository.ts';
import { checkMachine } from '../src/kubernetes/machine.ts';
import { pythonPackages } from '../src/kubernetes/python-packages.ts';

// A control plane needs redis-server, too.
beforeAll(() => {
  checkMachine('control-plane');
});

const run = promisify(execFile);
const program = join(repository, 'libs/koku/test/watch/silent_death.py');

interface Outcome {
  readonly done: number;
  readonly sent: number;
  readonly restarts: number;
  readonly reconnects: number;
}

const outcome = async (fault: string, watch: 'with' | 'without'): Promise<Outcome> => {
  const packages = pythonPackages('celery', [
    join(repository, 'libs/koku/understudy/requirements.txt'),
    join(repository, 'tools/rehearsal/understudy/requirements.txt'),
  ]);
  const settings = watch === 'with' ? celerySettings : [];
  const { stdout } = await run('python3', ['-B', program, fault, watch, ...settings], {
    env: { PATH: process.env['PATH'], PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: '1' },
  });
  return JSON.parse(stdout) as Outcome;
};

// All at once, because they mostly wait.
test.concurrent.for([
  ['closed', 'the cache closes the connection for remote control while a worker reconnects'],
  ['vanished', 'the cache vanishes without a packet while a worker reconnects'],
  ['abandoned', 'a consumer stays on an abandoned connection'],
  ['beat', 'the cache vanishes without a packet while Beat sends a task'],
  ['beat-stalled', 'a call of Beat never returns'],
] as const)('without watch and time-outs it never works again: %s, %s', { timeout: 400_000 }, async ([fault]) => {
  expect(await outcome(fault, 'without')).toMatchObject({ done: 0, restarts: 0 });
});

test.concurrent.for([
  ['closed', { restarts: 0, reconnects: 1 }, 'the worker reconnects by itself'],
  ['vanished', { restarts: 0 }, 'a call has a time-out'],
  ['abandoned', { restarts: 0, reconnects: 1 }, 'the worker reconnects by itself'],
  ['beat', { restarts: 0 }, 'a call has a time-out'],
  ['beat-stalled', { restarts: 1 }, 'Beat ends within two minutes, and its successor continues'],
  ['beat-outage', { restarts: 0 }, 'an outage of the cache ends no Beat'],
  ['stalled', { restarts: 1 }, 'the worker ends within two minutes, and its successor does the waiting tasks'],
  ['busy', { restarts: 0, reconnects: 0 }, 'the watch leaves alone a worker whose task takes longer than its limit'],
] as const)('with them all work is done: %s, %o: %s', { timeout: 400_000 }, async ([fault, expected]) => {
  const { done, sent, ...rest } = await outcome(fault, 'with');
  expect(done).toBe(sent);
  expect(rest).toMatchObject(expected);
});
