/** Nx's project graph of this repository. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicationNames } from '../../repository/src/applications.ts';
import { repository } from '../../repository/src/repository.ts';

const folder = mkdtempSync(join(tmpdir(), 'graph-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const nx = (...args: readonly string[]): string =>
  execFileSync('nx', args, { cwd: repository, encoding: 'utf8', env: { ...process.env, NX_DAEMON: 'false' } });

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
  nx('graph', `--file=${folder}/graph.json`);
  graph = (JSON.parse(readFileSync(join(folder, 'graph.json'), 'utf8')) as { readonly graph: Graph }).graph;
});

/** Affected projects without `workspace`, because its linter and compiler read every file. */
const affectedBy = (file: string): readonly string[] =>
  (JSON.parse(nx('show', 'projects', '--affected', `--files=${file}`, '--json')) as readonly string[])
    .filter((name) => name !== 'workspace')
    .toSorted();

const clusters = () => projectsIn('clusters');
const projectsIn = (top: string): readonly string[] =>
  Object.entries(graph.nodes)
    .filter(([, { data }]) => data.root.startsWith(`${top}/`))
    .map(([name]) => name)
    .toSorted();

describe('what a change affects', () => {
  test('a cluster’s file: only that cluster', () => {
    expect(affectedBy('clusters/example-openshift-minimal/kustomization.yaml')).toEqual(['example-openshift-minimal']);
  });

  test('an application’s source: the application, its stacks and their clusters, and no other application', () => {
    const affected = affectedBy('libs/valkey/src/valkey.ts');
    expect(affected).toEqual(['@cost-onprem/valkey', ...clusters(), 'stack-without-trino'].toSorted());
  });

  test('an application’s alert: what assembles all alerts, too', () => {
    const affected = affectedBy('libs/valkey/src/rules/rules.ts');
    expect(affected).toEqual(expect.arrayContaining(['@cost-onprem/monitoring', '@cost-onprem/valkey', ...clusters()]));
  });

  test('a check of an application: that, and neither the application nor a cluster', () => {
    expect(affectedBy('libs/valkey/rehearsal/data.ts')).toEqual(['rehearsal-valkey']);
  });

  test('an option: the clusters that use it', () => {
    expect(affectedBy('overlays/options/read-replica/kustomization.yaml')).toEqual([
      'example-kubernetes-production',
      'example-openshift-production',
      'option-read-replica',
    ]);
  });

  test('a contract: every library except the kit, and every cluster', () => {
    const affected = affectedBy('libs/contracts/src/kafka.ts');
    const libraries = projectsIn('libs').filter((name) => name !== '@cost-onprem/kit');
    expect(affected).toEqual(expect.arrayContaining([...libraries, ...clusters()]));
    expect(affected).not.toContain('@cost-onprem/kit');
  });

  test('a size: the profiles and the clusters, and no application', () => {
    const affected = affectedBy('libs/profiles/src/minimal.ts');
    expect(affected).toEqual(expect.arrayContaining(['@cost-onprem/profiles', 'profile-minimal', ...clusters()]));
    expect(affected.filter((name) => projectsIn('libs').includes(name))).toEqual(['@cost-onprem/profiles']);
  });

  test('the vocabulary: every library and every cluster', () => {
    const affected = affectedBy('libs/kit/src/pod.ts');
    expect(affected).toEqual(expect.arrayContaining([...projectsIn('libs'), ...clusters()]));
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
