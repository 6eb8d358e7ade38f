/** The command in a copy of this repository that git knows, as in a fresh clone of a fork. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isFollowed, readFork } from '../../repository/src/argo-cd.ts';
import { copyEnvironment, copyRepository } from '../../scratch/src/copy.ts';

let root: string;
let remove: () => void;

const run = (command: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', env: copyEnvironment });
  return { status, stdout, stderr };
};
const git = (...args: readonly string[]) =>
  run('git', '-c', 'user.name=test', '-c', 'user.email=test@test.invalid', ...args);
/** Without a terminal. */
const init = (...flags: readonly string[]) => run(process.execPath, 'tools/init/src/init.ts', ...flags);

const url = 'https://github.com/acme/cost-onprem.git';
const flags = (changed: Readonly<Record<string, string>> = {}): readonly string[] =>
  Object.entries({
    repository: url,
    'argo-cd-namespace': 'argocd',
    cluster: 'north',
    host: 'cost.north.acme.io',
    platform: 'openshift',
    ...changed,
  }).map(([flag, value]) => `--${flag}=${value}`);

/** The folders of clusters/. */
const folders = (): readonly string[] =>
  readdirSync(join(root, 'clusters'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();

/** What git would commit. */
const changed = (): string => git('status', '--porcelain').stdout;

beforeAll(() => {
  ({ root, remove } = copyRepository('init'));
  // A fork may have given its own answers already, and may have removed the examples.
  writeFileSync(
    join(root, 'overlays/argo-cd/repository.yaml'),
    readFileSync(join(root, 'overlays/argo-cd/repository.yaml'), 'utf8').replace(
      /url: .*\n {2}revision: .*/,
      'url: https://git.example.com/platform/cost-onprem.git\n  revision: main',
    ),
  );
  const kustomization = join(root, 'overlays/argo-cd/kustomization.yaml');
  writeFileSync(
    kustomization,
    readFileSync(kustomization, 'utf8').replace(/^namespace: .*$/m, 'namespace: run-npm-run-init'),
  );
  for (const name of readdirSync(join(root, 'clusters'), { withFileTypes: true }))
    if (name.isDirectory()) rmSync(join(root, 'clusters', name.name), { recursive: true });
  for (const name of ['example-one', 'example-two']) {
    mkdirSync(join(root, 'clusters', name));
    writeFileSync(join(root, 'clusters', name, 'kustomization.yaml'), `# ${name}\n`);
  }
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=fork');
});
afterAll(() => remove());
beforeEach(() => {
  git('reset', '--hard', '--quiet');
  git('clean', '-fdq');
});

describe('with all flags', () => {
  test('it tells Argo CD about the fork, adds the cluster, and removes the examples; a second run changes nothing', () => {
    const first = init(...flags({ revision: '1.0' }));
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(readFork(root)).toEqual({ url, revision: '1.0', namespace: 'argocd' });
    expect(isFollowed(readFork(root))).toBe(true);
    expect(readFileSync(join(root, 'overlays/platforms/openshift/namespace.yaml'), 'utf8')).toContain(
      'argocd.argoproj.io/managed-by: argocd\n',
    );
    expect(folders()).toEqual(['north']);
    expect(first.stdout).toMatch(
      /Next:\n1\. run npm start[^]*commit all of this[^]*kubectl apply --server-side -k overlays\/argo-cd/,
    );

    const status = changed();
    const again = init(...flags({ revision: '1.0' }));
    expect(again).toMatchObject({ status: 0, stderr: '' });
    expect(again.stdout).toContain(`the address is ${url} already`);
    expect(again.stdout).toContain('Nothing to change.');
    expect(changed()).toBe(status);
  });

  test('the fork passes the checks of generated files, and its cluster renders', () => {
    expect(init(...flags()).status).toBe(0);
    expect(run(process.execPath, 'generators/src/generate.ts', '--check')).toMatchObject({ status: 0, stderr: '' });
    const { status, stdout } = run(process.execPath, 'tools/clusters/src/print.ts', 'north');
    expect(status).toBe(0);
    expect(stdout).toContain('host: cost.north.acme.io');
    const { stdout: argoCd } = run('kustomize', 'build', 'overlays/argo-cd');
    expect(argoCd).not.toMatch(/example\.com|run-npm-run-init/);
  });

  test('--dry-run prints the changes and makes none', () => {
    const { status, stdout } = init(...flags(), '--dry-run');
    expect(status).toBe(0);
    expect(stdout).toContain(`  -   url: https://git.example.com/platform/cost-onprem.git\n  +   url: ${url}\n`);
    expect(stdout).toContain('clusters/north/kustomization.yaml: new\n  + ');
    expect(stdout).toContain('clusters/example-one: removed');
    expect(changed()).toBe('');
  });

  test('--keep-examples keeps them', () => {
    expect(init(...flags(), '--keep-examples').status).toBe(0);
    expect(folders()).toEqual(['example-one', 'example-two', 'north']);
  });

  test('settings may contain commas and be repeated, and the Secrets to bring are named', () => {
    const { status, stdout } = init(
      ...flags({ kafka: 'external', secrets: 'existing' }),
      '--settings=kafka-endpoint.host=kafka.acme.io,kafka-endpoint.port=9093',
      '--settings=koku-settings.KOKU_LOG_LEVEL=DEBUG',
    );
    expect(status).toBe(0);
    const text = readFileSync(join(root, 'clusters/north/kustomization.yaml'), 'utf8');
    expect(text).toContain('      - host=kafka.acme.io\n      - port=9093\n');
    expect(text).toContain('      - KOKU_LOG_LEVEL=DEBUG\n');
    expect(stdout).toMatch(/bring the Secrets .*db-koku-credentials.* npm run secrets -- north/);
  });

  test('the remote origin is the default address', () => {
    git('remote', 'add', 'origin', 'git@github.com:acme/fork.git');
    try {
      expect(init(...flags().filter((flag) => !flag.startsWith('--repository'))).status).toBe(0);
      expect(readFork(root).url).toBe('git@github.com:acme/fork.git');
    } finally {
      git('remote', 'remove', 'origin');
    }
  });
});

describe('it refuses, and changes nothing', () => {
  test('answers about the fork that are wrong, all at once and without a credential', () => {
    const { status, stderr } = init(
      ...flags({
        repository: 'https://user:secret@github.com/acme/cost.git',
        revision: 'a b',
        'argo-cd-namespace': 'A',
      }),
    );
    expect([status, stderr.trim().split('\n').length]).toEqual([1, 3]);
    expect(stderr).toMatch(/contains credentials[^]*the revision a b is not valid[^]*the namespace A of Argo CD/);
    expect(stderr).not.toMatch(/secret| {4}at /);
    expect(changed()).toBe('');
  });

  test('a cluster that is wrong, with the sentences of the cluster generator', () => {
    const { status, stderr } = init(
      ...flags({ cluster: 'valkey', host: 'cost', platform: 'opnshift', kafka: 'external' }),
    );
    expect([status, stderr.trim().split('\n').length]).toEqual([1, 4]);
    expect(stderr).toMatch(
      /has this name already[^]*did you mean openshift\?[^]*sets host in public to cost[^]*does not set host in kafka-endpoint/,
    );
    expect(changed()).toBe('');
  });

  test('missing answers, by their flags', () => {
    expect(init('--host=cost.acme.io')).toMatchObject({
      status: 1,
      stderr:
        'without a terminal, init cannot ask; it needs --repository, --argo-cd-namespace, --cluster, --platform (--help describes the flags)\n',
    });
  });

  test('an unknown flag', () => {
    expect(init(...flags(), '--dryrun')).toMatchObject({ status: 1, stderr: expect.stringContaining('--dryrun') });
    expect(changed()).toBe('');
  });

  test('files with changes that no commit has', () => {
    writeFileSync(join(root, 'clusters/example-one/notes.txt'), 'mine\n');
    const before = changed();
    const { status, stderr } = init(...flags());
    expect([status, stderr]).toEqual([
      1,
      'clusters/example-one/notes.txt: has changes that are not committed; commit or stash them first\n',
    ]);
    expect(changed()).toBe(before);
  });

  test('a file that is not as expected', () => {
    const file = join(root, 'overlays/argo-cd/repository.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^ {2}revision: .*$/m, '$&\n$&'));
    expect(init(...flags())).toMatchObject({ status: 1 });
    expect(existsSync(join(root, 'clusters/north'))).toBe(false);
  });

  test('another cluster of the same name', () => {
    expect(init(...flags()).status).toBe(0);
    const before = changed();
    expect(init(...flags({ host: 'cost.south.acme.io' }))).toMatchObject({
      status: 1,
      stderr: 'clusters/north/kustomization.yaml: exists and says something else; edit it, or leave out --cluster\n',
    });
    expect(changed()).toBe(before);
  });
});

describe('on a terminal', () => {
  const enter = '\r';
  const answer = (...answers: readonly (readonly [waitFor: string, keys: string])[]) =>
    run(
      'python3',
      join(import.meta.dirname, 'answering.py'),
      JSON.stringify(answers),
      process.execPath,
      'tools/init/src/init.ts',
      ...flags().filter((flag) => !/^--(repository|argo-cd-namespace|cluster)=/.test(flag)),
      ...['stack=without-trino', 'kafka=single-node', 'object-storage=embedded', 'secrets=generated'].map(
        (flag) => `--${flag}`,
      ),
      ...['--storage=minimal', '--profile=minimal'],
    );

  test('it asks for what no flag says, and writes after a confirmation', () => {
    const { status, stdout } = answer(
      ['Address of your fork?', `${url}${enter}`],
      ['Which branch', enter],
      ['namespace does Argo CD run', enter],
      ['name of the first cluster', `north${enter}`],
      ['Remove the examples', enter],
      ['Make these changes?', enter],
    );
    expect([status, stdout]).toEqual([0, expect.stringContaining('Next:')]);
    expect(readFork(root)).toEqual({ url, revision: 'main', namespace: 'argocd' });
    expect(folders()).toEqual(['north']);
  });

  test('it changes nothing when the person stops', () => {
    const { status } = answer(['Address of your fork?', `${url}${enter}`], ['Which branch', '\u0003']);
    expect([status, changed()]).toEqual([1, '']);
  });
});
