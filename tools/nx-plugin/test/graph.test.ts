/** Nx's project graph of this repository, and the tasks that a change reaches, in a copy with clusters of its own. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicationNames } from '../../repository/src/applications.ts';
import { repository } from '../../repository/src/repository.ts';
import { copyEnvironment, copyRepository } from '../../scratch/src/copy.ts';

const folder = mkdtempSync(join(tmpdir(), 'graph-'));
const { root: copy, remove } = copyRepository('graph');
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  remove();
});

const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), text);
};

const cluster = (...overlays: readonly string[]): string =>
  `resources: [../../overlays/stacks/without-trino]\ncomponents: [${overlays.map((overlay) => `../../overlays/${overlay}`).join(', ')}]\n`;

const nx = (...args: readonly string[]): string =>
  execFileSync('nx', args, { cwd: copy, encoding: 'utf8', env: copyEnvironment });

const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));

interface Graph {
  readonly nodes: Readonly<
    Record<string, { readonly data: { readonly root: string; readonly targets?: Readonly<Record<string, Target>> } }>
  >;
  readonly dependencies: Readonly<Record<string, readonly { readonly target: string }[]>>;
}

interface Target {
  readonly metadata?: { readonly description?: string };
}

let graph: Graph;
beforeAll(() => {
  rmSync(join(copy, 'clusters'), { recursive: true });
  write('clusters/README.md', '# Clusters\n');
  write('clusters/east/kustomization.yaml', cluster('platforms/kubernetes', 'profiles/minimal'));
  write('clusters/west/kustomization.yaml', cluster('options/read-replica', 'platforms/openshift', 'profiles/minimal'));
  nx('graph', `--file=${folder}/graph.json`);
  ({ graph } = read('graph.json') as { readonly graph: Graph });
});

const projectsIn = (top: string): readonly string[] =>
  Object.entries(graph.nodes)
    .filter(([, { data }]) => data.root.startsWith(`${top}/`))
    .map(([name]) => name)
    .toSorted();

const checked = ['lint', 'typecheck', 'build', 'validate', 'test'];

/** The tasks that `npm test -- --affected` runs for a change of these files. */
const tasksOf = (...files: readonly string[]): readonly string[] => {
  const which = ['--targets', checked.join(','), '--excludeTaskDependencies', `--files=${files.join(',')}`];
  nx('affected', ...which, `--graph=${folder}/tasks.json`);
  const { tasks } = read('tasks.json') as { readonly tasks: { readonly tasks: Readonly<Record<string, unknown>> } };
  return Object.keys(tasks.tasks).toSorted();
};

/** Of these tasks, those of some projects. */
const of = (names: readonly string[], tasks: readonly string[]): readonly string[] =>
  tasks.filter((task) => names.includes(task.split(':')[0] ?? ''));

const both = ['east:build', 'east:validate', 'west:build', 'west:validate'];
const east = ['east:build', 'east:validate'];
const west = ['west:build', 'west:validate'];
/** The linter, and the test of pointers and links, read every file. */
const always = ['workspace:lint', 'workspace:test'];

describe('what a change reaches', () => {
  test.for(['kustomization.yaml', 'ca-bundle.crt'])('a cluster’s %s: that cluster alone', (file) => {
    expect(tasksOf(`clusters/east/${file}`)).toEqual([...east, ...always]);
  });

  test.for([
    ['what Argo CD admits', 'overlays/argo-cd/app-project.yaml', both],
    ['a law', 'tools/laws/src/pods.ts', both],
    ['the version of Kustomize', 'tools/binaries/kustomize/go.mod', both],
    ['the targets themselves', 'tools/nx-plugin/src/targets.ts', both],
    ['a version of a package', 'package-lock.json', both],
    ['a size', 'libs/profiles/src/minimal.ts', both],
    ['a policy of a platform', 'overlays/platforms/kubernetes/network-policies.yaml', east],
    ['any file of a platform', 'overlays/platforms/openshift/more.conf', west],
    ['an option', 'overlays/options/read-replica/kustomization.yaml', west],
    ['an option that no cluster has', 'overlays/options/sentry/kustomization.yaml', []],
    ['a base', 'libs/valkey/base/valkey.yaml', both],
    ['an application’s source', 'libs/valkey/src/valkey.ts', both],
    ['the vocabulary', 'libs/kit/src/pod.ts', both],
    ['an application that no cluster has', 'libs/fresh/src/index.ts', both],
    ['a test of a law', 'tools/laws/test/pods.test.ts', []],
    ['a check of an application', 'libs/valkey/rehearsal/data.ts', []],
  ] as const)('%s: the clusters that it concerns', ([, file, expected]) => {
    const reached = tasksOf(file);
    expect(of(['east', 'west'], reached)).toEqual(expected);
    // The tools' own tests read all of this.
    expect(reached).toEqual(expect.arrayContaining(['tools-clusters:test', 'tools-laws:test', ...always]));
  });

  test('a schema: the validation of every cluster', () => {
    const reached = tasksOf('tools/schemas/json/deployment-apps-v1.json');
    expect(reached).toEqual(expect.arrayContaining(['east:validate', 'west:validate', 'argo-cd:validate']));
  });

  test('an application’s source: no other application', () => {
    const reached = of(projectsIn('libs'), tasksOf('libs/valkey/src/valkey.ts'));
    expect(reached.filter((task) => !task.startsWith('rehearsal-'))).toEqual([
      '@cost-onprem/valkey:build',
      '@cost-onprem/valkey:test',
    ]);
  });

  test('an application’s alert: what assembles all alerts, too', () => {
    expect(tasksOf('libs/valkey/src/rules/rules.ts')).toContain('@cost-onprem/monitoring:build');
  });

  test('a page at the root: no cluster and no tool', () => {
    expect(tasksOf('README.md')).toEqual(always);
  });
});

describe('the project graph', () => {
  const edges = () =>
    Object.entries(graph.dependencies).flatMap(([source, targets]) =>
      targets.map(({ target }) => [source, target] as const),
    );

  test('overlays refer to libraries and clusters to overlays, never the other way round', () => {
    const wrong = edges().filter(([source, target]) => {
      const [from, to] = [source, target].map((name) => graph.nodes[name]?.data.root.split('/')[0]);
      return (from === 'overlays' && to === 'clusters') || (from === 'clusters' && to === 'clusters');
    });
    expect(wrong).toEqual([]);
  });

  test('every application library has the same structure', () => {
    for (const library of applicationNames().map((name) => `@cost-onprem/${name}`)) {
      const { root, targets } = graph.nodes[library]?.data ?? {};
      const index = readFileSync(join(repository, String(root), 'src/index.ts'), 'utf8');
      expect({
        library,
        exports: /export default application\(/.test(index),
        build: 'build' in (targets ?? {}),
      }).toEqual({
        library,
        exports: true,
        build: true,
      });
    }
  });

  test('every target has a description', () => {
    const silent = Object.entries(graph.nodes).flatMap(([name, { data }]) =>
      Object.entries(data.targets ?? {})
        .filter(([, { metadata }]) => !metadata?.description)
        .map(([target]) => `${name}:${target}`),
    );
    expect(silent).toEqual([]);
  });
});
