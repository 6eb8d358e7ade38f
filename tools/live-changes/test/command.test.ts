/** Runs the command in its own git repository. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const main = join(import.meta.dirname, '../src/main.ts');
const {
  NX_BASE: _base,
  GIT_DIR: _folder,
  GIT_INDEX_FILE: _index,
  GIT_WORK_TREE: _tree,
  FORCE_COLOR: _color,
  ...environment
} = { ...process.env, NO_COLOR: '1' } as Readonly<Record<string, string | undefined>>;

let scratch = '';
let root = '';
let temporary = '';

const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};

const git = (...words: readonly string[]): string =>
  execFileSync(
    'git',
    ['-c', 'user.name=x', '-c', 'user.email=x@example.org', '-c', 'init.defaultBranch=main', ...words],
    { cwd: root, env: environment, encoding: 'utf8' },
  ).trim();

const commit = (): string => {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'x');
  return git('rev-parse', 'HEAD');
};

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const call = (words: readonly string[] = [], { env = {}, cwd = root } = {}): Outcome => {
  const options = { cwd, env: { ...environment, TMPDIR: temporary, ...env }, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], options);
  return { code: status, out: stdout, err: stderr };
};

const claim = 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: db-koku-data\n';
const overlay = (size: string) =>
  `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
  - target: { kind: PersistentVolumeClaim }
    patch: |
      - { op: add, path: /spec, value: { resources: { requests: { storage: ${size} } } } }
`;
const cluster = (storage: string) =>
  `resources: [../../libs/db/base]\ncomponents:\n  - ../../overlays/storage/${storage} # how much disk\n`;
const file = (name: string) => `clusters/${name}/kustomization.yaml`;

const shrinks =
  'clusters/one: PersistentVolumeClaim/db-koku-data shrinks from 50Gi to 20Gi; a claim can only grow: keep overlays/storage/production in clusters/one/kustomization.yaml\n';

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'live-changes-test-'));
  [root, temporary] = [join(scratch, 'repository'), join(scratch, 'temporary')];
  mkdirSync(temporary);
  write('libs/db/base/claim.yaml', claim);
  write('libs/db/base/kustomization.yaml', 'resources: [claim.yaml]\n');
  write('overlays/storage/minimal/kustomization.yaml', overlay('20Gi'));
  write('overlays/storage/production/kustomization.yaml', overlay('50Gi'));
  write(file('one'), cluster('production'));
  write(file('two'), cluster('minimal'));
  git('init', '--quiet');
  commit();
});

afterEach(() => {
  const left = readdirSync(temporary).filter((name) => name.startsWith('live-changes-'));
  rmSync(scratch, { recursive: true, force: true });
  if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
});

describe('live-changes', { timeout: 20_000 }, () => {
  test('compares nothing if nothing changed', () => {
    write('libs/db/src/index.ts', 'export {};\n');
    const nothing = 'clusters, overlays and libs/*/base have not changed since HEAD: nothing to compare\n';
    expect(call()).toEqual({ code: 0, out: nothing, err: '' });
  });

  test('refuses smaller disks and names the cluster', () => {
    write(file('one'), cluster('minimal'));
    expect(call()).toEqual({ code: 1, out: '', err: shrinks });
    expect(call(['one'])).toEqual({ code: 1, out: '', err: shrinks });
    expect(call(['clusters/one/'])).toEqual({ code: 1, out: '', err: shrinks });
    expect(call(['two']).code).toBe(0);
    expect(call([], { cwd: join(root, 'overlays') })).toEqual({ code: 1, out: '', err: shrinks });
  });

  test('names the overlay if the overlay itself changed', () => {
    write('overlays/storage/production/kustomization.yaml', overlay('40Gi'));
    expect(call().err).toBe(
      'clusters/one: PersistentVolumeClaim/db-koku-data shrinks from 50Gi to 40Gi; a claim can only grow: keep 50Gi in overlays/storage/production\n',
    );
  });

  test.each([
    ['disks grow', file('two'), cluster('production'), '1 cluster'],
    ['a base changes', 'libs/db/base/claim.yaml', `${claim}  labels: { a: b }\n`, '2 clusters'],
    ['an overlay changes', 'overlays/storage/production/kustomization.yaml', overlay('60Gi'), '2 clusters'],
  ])('accepts a change with one line, which counts the clusters that it concerns: %s', (_what, path, text, count) => {
    write(path, text);
    const { code, out, err } = call();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(new RegExp(`^${count}: a live cluster accepts every change since HEAD \\([0-9a-f]{7}\\)\\n$`));
  });

  test('compares with --base, else with NX_BASE', () => {
    const before = git('rev-parse', 'HEAD');
    write(file('one'), cluster('minimal'));
    commit();
    expect(call().code).toBe(0);
    expect(call(['--base', before]).err).toBe(shrinks);
    expect(call([], { env: { NX_BASE: before } }).err).toBe(shrinks);
    expect(call(['--base', 'HEAD'], { env: { NX_BASE: before } }).code).toBe(0);
    expect(call([], { env: { NX_BASE: '' } }).code).toBe(0);
  });

  test('compares with the commit where a branch left the main line', () => {
    git('checkout', '--quiet', '-b', 'work');
    write(file('one'), cluster('minimal'));
    const work = commit();
    expect(call().err).toBe(shrinks);
    git('update-ref', 'refs/remotes/origin/main', work);
    expect(call().out).toContain('have not changed since HEAD');
    git('checkout', '--quiet', '--orphan', 'unrelated');
    commit();
    expect(call().err).toBe(
      'HEAD and origin/main have no common ancestor; run git fetch origin, or name a revision with --base or NX_BASE\n',
    );
  });

  describe('without a base', () => {
    const shallow =
      'this clone is shallow: run git fetch --unshallow origin (in GitHub Actions: fetch-depth: 0), or name a revision with --base or NX_BASE\n';
    const none = 'none of origin/HEAD, origin/main, main exists, so there is nothing to compare with; ';

    /** A clone of the repository, whose main line has a second commit and whose branch `work` shrinks a disk. */
    const clone = (...words: readonly string[]): string => {
      write('overlays/storage/minimal/README.md', 'x');
      commit();
      git('checkout', '--quiet', '-b', 'work');
      write(file('one'), cluster('minimal'));
      commit();
      git('checkout', '--quiet', 'main');
      const folder = join(scratch, 'clone');
      git('clone', '--quiet', ...words, `file://${root}`, folder);
      return folder;
    };

    test('fails in a shallow clone, and compares when its history is there', () => {
      const cwd = clone('--depth=1', '--branch=work');
      expect(call([], { cwd })).toEqual({ code: 1, out: '', err: none + shallow });
      git('-C', cwd, 'fetch', '--quiet', '--unshallow', 'origin', '+refs/heads/*:refs/remotes/origin/*');
      expect(call([], { cwd }).err).toBe(shrinks);
    });

    test('fails in a shallow clone of the main line, because HEAD is all that it has', () => {
      const cwd = clone('--depth=1');
      expect(call([], { cwd })).toEqual({ code: 1, out: '', err: `the commit before HEAD is missing; ${shallow}` });
      expect(call([], { cwd, env: { NX_BASE: git('rev-parse', 'main^') } }).err).toMatch(
        new RegExp(`^git does not know the revision [0-9a-f]{40}; ${RegExp.escape(shallow)}$`),
      );
    });

    test('passes in a fresh clone of the main line, under whatever name the remote has it', () => {
      git('branch', '--move', 'main', 'trunk');
      git('branch', 'main');
      const cwd = clone();
      git('-C', cwd, 'branch', '--remotes', '--delete', 'origin/main');
      git('-C', cwd, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
      expect(call([], { cwd })).toMatchObject({ code: 0, err: '' });
    });

    test('fails on a branch without a main line, and passes in the first commit of a repository', () => {
      git('branch', '--move', 'main', 'first');
      expect(call()).toMatchObject({ code: 0, out: expect.stringContaining('nothing to compare') as string });
      // What GitHub gives as the commit before the first push.
      expect(call([], { env: { NX_BASE: '0'.repeat(40) } }).code).toBe(0);
      write(file('one'), cluster('minimal'));
      commit();
      const fetch = 'run git fetch origin, or name a revision with --base or NX_BASE\n';
      expect(call()).toEqual({ code: 1, out: '', err: none + fetch });
      expect(call(['--base', 'HEAD^']).err).toBe(shrinks);
    });
  });

  test('does not compare clusters that do not render in the base, are new, or are removed', () => {
    write(file('one'), cluster('absent'));
    const broken = commit();
    write(file('one'), cluster('minimal'));
    write(file('three'), cluster('minimal'));
    rmSync(join(root, 'clusters/two'), { recursive: true });
    const { code, out, err } = call(['--base', broken]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n')).toEqual([
      expect.stringMatching(
        new RegExp(`^clusters/one is not compared: it does not render at ${broken}: .*overlays/storage/absent`),
      ),
      'clusters/three is not compared: it is new since ' + broken,
      'clusters/two is not compared: it no longer exists',
      '',
    ]);
    expect(out).not.toContain(scratch);
  });

  test('fails for a cluster that does not render now', () => {
    write(file('one'), cluster('absent'));
    const { code, err } = call();
    expect(code).toBe(1);
    expect(err).toMatch(/^clusters\/one does not render: .*overlays\/storage\/absent.*\n$/);
  });

  test('refuses an unknown revision and an unknown cluster', () => {
    expect(call(['--base', 'nowhere'])).toEqual({
      code: 1,
      out: '',
      err: 'git does not know the revision nowhere; run git fetch origin, or name a revision with --base or NX_BASE\n',
    });
    expect(call(['three'])).toEqual({
      code: 1,
      out: '',
      err: 'clusters/three does not exist; the clusters are one, two\n',
    });
  });

  test('refuses to run outside of a git repository', () => {
    const elsewhere = join(scratch, 'elsewhere');
    cpSync(join(root, 'clusters'), join(elsewhere, 'clusters'), { recursive: true });
    expect(call([], { cwd: elsewhere })).toEqual({
      code: 1,
      out: '',
      err: `${elsewhere} is not in a git repository, so there is no earlier revision to compare with\n`,
    });
  });

  test('accepts a base without clusters', () => {
    git('checkout', '--quiet', '--orphan', 'empty');
    git('rm', '--quiet', '-r', '--cached', '.');
    git('commit', '--quiet', '--allow-empty', '--message', 'x');
    commit();
    expect(call(['--base', 'HEAD~']).out).toMatch(/one is not compared: it is new since HEAD~\n.*two is not compared/);
  });

  test('has a help page', () => {
    const { code, out } = call(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('--base=<revision>');
    expect(out).toContain('$NX_BASE');
  });
});
