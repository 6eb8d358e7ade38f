/** Rotations, with a program in place of kubectl, because they must end before they ask a real cluster for anything. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { renderCluster } from '../../clusters/src/render.ts';
import type { Manifest } from '../../manifests/src/manifest.ts';
import { copyEnvironment, copyRepository } from '../../scratch/src/copy.ts';
import { rotateSafely, type Request } from '../src/rotate-safely.ts';

const folder = mkdtempSync(join(tmpdir(), 'fake-kubectl-'));
const [bin, state] = [join(folder, 'bin'), join(folder, 'state')];
mkdirSync(bin);
symlinkSync(join(import.meta.dirname, 'fake-kubectl.sh'), join(bin, 'kubectl'));
const environment = { PATH: `${bin}:${process.env['PATH']}`, FAKE_KUBECTL: state };
for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);

const { root, remove } = copyRepository('rotate');
let objects: readonly Manifest[];
let openshift: readonly Manifest[];
beforeAll(async () => {
  ({ objects } = await renderCluster('example-kubernetes-minimal', root));
  ({ objects: openshift } = await renderCluster('example-openshift-minimal', root));
});
afterAll(() => {
  vi.unstubAllEnvs();
  remove();
  rmSync(folder, { recursive: true });
});

const cluster = 'example-kubernetes-minimal';
const host = 'cost.small.example.com';

/** Two clusters of ours, one that Argo CD has not finished, and one of other people. */
const contexts = {
  'context-small': '',
  'ingress-small': host,
  'context-large': '',
  'ingress-large': 'cost.example.com',
  'context-new': '',
  'configmap-new': host,
  'context-other': '',
};
const kubectl = (more: Readonly<Record<string, string>>): void => {
  for (const [name, text] of Object.entries(more)) writeFileSync(join(state, name), text);
};
beforeEach(() => {
  rmSync(state, { recursive: true, force: true });
  mkdirSync(state);
  kubectl({ ...contexts, current: 'small' });
});

/** What kubectl was told to do, apart from the comparison. */
const changes = (): readonly string[] => {
  const asked = join(state, 'asked');
  return existsSync(asked) ? readFileSync(asked, 'utf8').trim().split('\n') : [];
};

interface Result {
  /** Undefined: success. */
  readonly fault: string | undefined;
  readonly said: readonly string[];
}

const rotate = async (
  request: Partial<Request> = {},
  {
    answer,
    signal = new AbortController().signal,
    of = objects,
  }: { answer?: string; signal?: AbortSignal; of?: readonly Manifest[] } = {},
): Promise<Result> => {
  const said: string[] = [];
  const whole = {
    cluster,
    secrets: ['koku-gateway-token'],
    keepValues: false,
    planOnly: false,
    yes: false,
    ...request,
  };
  const ask = answer === undefined ? undefined : () => Promise.resolve(answer);
  const fault = await rotateSafely(of, whole, { say: (line) => said.push(line), ask, signal }).then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { fault, said };
};

const plan = ['delete koku-gateway-token and let the Job create new values', 'restart deployment/koku-gateway'];

describe('it changes nothing, even with --yes,', () => {
  test.each([
    [
      'in another cluster of ours',
      'large',
      `the context large is another cluster: its public host is cost.example.com, and this one's is ${host}`,
    ],
    [
      'where nothing of ours runs',
      'other',
      `the context other runs no platform: its namespace cost-onprem has neither Ingress/koku-gateway nor a ConfigMap public, whose host should be ${host}`,
    ],
    ['in a context that does not exist', 'smal', 'context "smal" does not exist'],
  ])('%s', async (_, context, sentence) => {
    expect((await rotate({ context, yes: true })).fault).toContain(sentence);
    kubectl({ current: context });
    expect((await rotate({ yes: true })).fault).toContain(sentence);
    expect(changes()).toEqual([]);
  });

  test('where Routes do not exist, although the cluster has one', async () => {
    const { fault } = await rotate({ context: 'other', yes: true }, { of: openshift });
    expect(fault).toContain('neither Route/koku-gateway nor a ConfigMap public');
  });

  test('without a context', async () => {
    rmSync(join(state, 'current'));
    expect((await rotate({ yes: true })).fault).toBe('kubectl has no current context: name one with --context');
  });
});

describe('it changes nothing, and shows its plan and the place,', () => {
  const shown = [...plan, `in ${cluster}: the context small, where ${host} runs`];

  test('without a terminal and without --yes', async () => {
    const fault = 'there is no terminal to ask on: repeat the command with --yes';
    expect([await rotate(), changes()]).toEqual([{ fault, said: shown }, []]);
  });

  test('for an answer that is not the cluster’s name', async () => {
    const fault = `that is not ${cluster}: nothing has changed`;
    expect([await rotate({}, { answer: 'yes' }), changes()]).toEqual([{ fault, said: shown }, []]);
  });
});

describe('it rotates', () => {
  test('after the cluster’s name', async () => {
    expect(await rotate({}, { answer: `${cluster} ` })).toMatchObject({ fault: undefined });
    expect(changes()).toContain('small delete secret koku-gateway-token -n cost-onprem --ignore-not-found');
  });

  test('with --yes, always in the context that it has compared', async () => {
    kubectl({ current: 'other' });
    expect((await rotate({ context: 'small', yes: true })).fault).toBeUndefined();
    expect(changes().filter((line) => !line.startsWith('small '))).toEqual([]);
  });

  test('in a cluster that has its settings and no Ingress yet', async () => {
    expect((await rotate({ context: 'new', yes: true })).fault).toBeUndefined();
  });
});

describe('interrupted, it says what is done, what is left, and the command that goes on', () => {
  test('before the new values are there: the same command', async () => {
    kubectl({ fails: 'wait --for' });
    const { fault } = await rotate({ yes: true });
    expect(fault).toMatch(/the server is away\ndone:\n {2}nothing\nleft/);
    expect(fault).toContain(`\n  npm run rotate -- ${cluster} koku-gateway-token --context=small --yes`);
  });

  test('after that: a command that only restarts, and completes', async () => {
    kubectl({ fails: 'rollout status deployment' });
    const secrets = ['valkey-credentials'];
    const { fault = '' } = await rotate({ secrets, yes: true });
    expect(fault).toMatch(
      /^done:\n {2}delete valkey-credentials and .*\n {2}restart statefulset\/valkey\nleft.*:\n {2}restart deployment\/.*\n/m,
    );
    expect(fault).toContain(`  npm run rotate -- ${cluster} valkey-credentials --context=small --keep-values --yes`);
    for (const name of ['fails', 'asked']) rmSync(join(state, name));
    expect((await rotate({ secrets, keepValues: true, yes: true })).fault).toBeUndefined();
    expect(changes().filter((line) => line.includes('delete'))).toEqual([]);
  });

  test('by Ctrl-C on a terminal', async () => {
    kubectl({ hangs: 'wait --for' });
    const terminal = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';
    const command = join(root, 'tools/secrets/src/rotate.ts');
    const child = spawn('python3', ['-c', terminal, process.execPath, command, cluster, 'koku-gateway-token'], {
      env: { ...copyEnvironment, ...environment },
    });
    onTestFinished(() => void child.kill());
    let text = '';
    child.stdout.on('data', (part: Buffer) => (text += part.toString()));
    const until = async (check: () => boolean) => {
      while (!check()) await sleep(50);
    };
    await until(() => text.includes('Type the cluster'));
    child.stdin.write(`${cluster}\n`);
    await until(() => changes().some((line) => line.includes('wait --for')));
    child.stdin.write('\u0003');
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(1);
    expect(text.replaceAll('\r', '')).toContain(
      `interrupted\ndone:\n  nothing\nleft; the first of these may be half done, and can be done again:\n  ${plan.join('\n  ')}\nThis goes on:\n  npm run rotate -- ${cluster} koku-gateway-token --context=small\n`,
    );
  }, 180_000);
});
