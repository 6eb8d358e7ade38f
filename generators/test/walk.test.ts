/** A whole application in a copy of this repository: which files a person touches, and how each mistake is refused. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runbookPath } from '@cost-onprem/contracts';
import { at, identity, parseManifests, podTemplateOf, type Manifest } from '../../tools/manifests/src/manifest.ts';
import { repository } from '../../tools/repository/src/repository.ts';
import { copyEnvironment, copyRepository } from '../../tools/scratch/src/copy.ts';
import { databaseLines, joinedLine, listed, walkFiles } from './walk-files.ts';

let root: string;
let remove: () => void;

const run = (command: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    env: copyEnvironment,
    maxBuffer: 2 ** 26,
  });
  return { status, stdout, stderr };
};
const generate = (...args: readonly string[]) => run(process.execPath, 'generators/src/generate.ts', ...args);
const compile = () => run('tsc', '--project', 'tsconfig.json');

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

const edit = (path: string, from: string | RegExp, to: string): void => {
  const before = readFileSync(join(root, path), 'utf8');
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${path} is not as this test expects`);
  writeFileSync(join(root, path), after);
};

/** What `npm run generate` writes (CONTRIBUTING.md). */
const generated =
  /^(libs\/[^/]+\/base|libs\/kit\/src\/generated|libs\/monitoring\/runbook\.md|overlays\/(profiles|storage|argo-cd\/target)|generators\/schemas|tools\/documentation\/pages)(\/|$)/;

/** Where a person writes something. */
const sources = ['generators', 'libs', 'overlays', 'tools'];

const sourcesOf = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    sources.flatMap((source) =>
      readdirSync(join(folder, source), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((file) => [file.slice(folder.length + 1), file] as const)
        .filter(([path]) => !generated.test(path))
        .map(([path, file]) => [path, readFileSync(file, 'latin1')] as const),
    ),
  );

beforeAll(() => {
  ({ root, remove } = copyRepository('walk'));
  for (const [path, text] of Object.entries(walkFiles)) write(path, text);
  for (const added of [...listed, ...databaseLines, joinedLine]) edit(added.path, added.at, added.with);
  const { status, stderr } = generate();
  if (status !== 0) throw new Error(stderr);
});
afterAll(() => remove());

test('it compiles', () => {
  expect(compile()).toMatchObject({ status: 0, stdout: '' });
});

test('it touches its own files, and lists that it adds a line to', () => {
  const before = sourcesOf(repository);
  const touched = [...sourcesOf(root)].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
  expect(touched.filter((path) => !before.has(path)).toSorted()).toEqual(Object.keys(walkFiles).toSorted());
  expect(touched.filter((path) => before.has(path)).toSorted()).toEqual([
    'libs/contracts/src/contracts.ts',
    'libs/contracts/src/databases.ts',
    'libs/contracts/src/index.ts',
    'libs/profiles/src/applications.ts',
    'libs/profiles/src/minimal.ts',
    'libs/profiles/src/production.ts',
    'libs/profiles/src/storage.ts',
    'overlays/options/read-replica/kustomization.yaml',
    'overlays/stacks/without-trino/kustomization.yaml',
  ]);
});

describe.for([
  { cluster: 'example-kubernetes-minimal', replicas: [1, 1], cpu: ['50m', '70m'], replica: false },
  { cluster: 'example-kubernetes-production', replicas: [2, 3], cpu: ['60m', '80m'], replica: true },
])('$cluster', ({ cluster, replicas, cpu, replica }) => {
  let objects: ReadonlyMap<string, Manifest>;
  beforeAll(() => {
    const { status, stdout, stderr } = run(process.execPath, 'tools/clusters/src/print.ts', cluster);
    if (status !== 0) throw new Error(stderr);
    objects = new Map(parseManifests(stdout).map((object) => [identity(object), object]));
  });
  const find = (name: string): Manifest => objects.get(name) ?? expect.fail(`${cluster} has no ${name}`);

  test('runs both workloads with their sizes', () => {
    const workloads = ['Deployment/walk-api', 'Deployment/walk-worker'].map(find);
    expect(workloads.map(({ spec }) => at(spec, 'replicas'))).toEqual(replicas);
    const containers = workloads.map((object) => podTemplateOf(object)?.spec?.containers?.[0]);
    expect(containers.map((container) => at(container, 'resources', 'requests', 'cpu'))).toEqual(cpu);
  });

  test('has the server of the database, its disk, and the path to it', () => {
    expect(podTemplateOf(find('StatefulSet/db-walk'))?.spec?.containers?.[0]?.env).toContainEqual({
      name: 'POSTGRESQL_PASSWORD',
      valueFrom: { secretKeyRef: { name: 'db-walk-credentials', key: 'password' } },
    });
    expect(at(find('PersistentVolumeClaim/db-walk-data').spec, 'resources', 'requests', 'storage')).toBe('7Gi');
    find('NetworkPolicy/db-walk');
    find('NetworkPolicy/reaches-db-walk-postgres');
    expect(podTemplateOf(find('Deployment/walk-api'))?.metadata?.labels).toMatchObject({
      'reaches.cost-onprem/db-walk.postgres': 'true',
    });
  });

  test('has what makes both Secrets', () => {
    const made = [...objects].filter(([name]) => /\/(make-)?(walk-signing|db-walk-credentials)/.test(name));
    expect(new Set(made.map(([name]) => /walk-signing|db-walk-credentials/.exec(name)?.[0]))).toEqual(
      new Set(['walk-signing', 'db-walk-credentials']),
    );
  });

  test(`reaches the replica: ${replica}`, () => {
    const template = podTemplateOf(find('Deployment/walk-worker'));
    const variables = (template?.spec?.containers?.[0]?.env ?? []).map(({ name }) => name);
    expect(variables.includes('REPLICA_HOST')).toBe(replica);
    expect('reaches.cost-onprem/db-koku-replica.postgres' in (template?.metadata?.labels ?? {})).toBe(replica);
  });

  test('has the alert, and the runbook its paragraph', () => {
    const rules = [...objects.values()].filter(({ kind }) => kind === 'PrometheusRule');
    expect(JSON.stringify(rules)).toContain(`"runbook_url":"${runbookPath}#costwalkdown"`);
    expect(readFileSync(join(root, 'libs/monitoring/runbook.md'), 'utf8')).toContain('\n## CostWalkDown\n');
  });
});

describe('with mistakes', () => {
  const mistakes = [
    {
      path: 'libs/walk/src/walk-worker.ts',
      right: "when: 'options/read-replica'",
      wrong: "when: 'options/read-replika'",
      step: 'walk',
      says: /: walk-worker connects to db-koku-replica when: options\/read-replika, which is no overlay; did you mean options\/read-replica\? there are /,
    },
    {
      path: 'libs/walk/src/walk-api.ts',
      right: "WALK_VERBOSE: 'true'",
      wrong: 'WALK_VERBOSE: true',
      step: 'walk',
      says: /: the variable WALK_VERBOSE of walk-api is true without quotes; it must be a string, a key of a Secret or a ConfigMap, /,
    },
    {
      path: 'libs/walk/src/walk-api.ts',
      right: "walkSigning.keys['signing-key']",
      wrong: "walkSigning.keys['signing-kei']",
      step: 'walk',
      says: /: the variable WALK_SIGNING_KEY of walk-api is undefined, .*; the Secrets and their keys are .*walk-signing \(signing-key\)/,
    },
    {
      path: 'libs/profiles/src/applications/walk.ts',
      right: "'walk-api':",
      wrong: "'walk-apy':",
      step: 'profiles',
      says: /: walk-apy has a size in .*minimal.*, but is no workload; did you mean walk-api\? there are .*walk-api/,
    },
    {
      // A workload with one replica.
      path: 'libs/profiles/src/applications/walk.ts',
      right: "'db-walk':",
      wrong: "'db-wakl':",
      step: 'profiles',
      says: /: db-wakl has a size in .*minimal.*, but is no workload; did you mean db-walk\?/,
    },
    {
      path: 'libs/profiles/src/applications/walk.ts',
      right: 'production: { replicas: 3',
      wrong: 'productoin: { replicas: 3',
      // The line of the workload.
      above: 2,
      step: 'profiles',
      says: /: walk-worker has no size in production/,
    },
  ] as const;

  let places: readonly string[];
  let compiler: string;
  let steps: Readonly<Record<string, ReturnType<typeof run>>>;

  beforeAll(() => {
    for (const { path, right, wrong } of mistakes) edit(path, right, wrong);
    places = mistakes.map(({ path, wrong, ...more }) => {
      const lines = readFileSync(join(root, path), 'utf8').split('\n');
      return `${path}:${lines.findIndex((text) => text.includes(wrong)) + 1 - ('above' in more ? more.above : 0)}`;
    });
    compiler = compile().stdout;
    // The first is the step with which `npm start` begins, the others are the tasks of Nx.
    steps = Object.fromEntries(['documentation', 'walk', 'profiles'].map((step) => [step, generate(step)]));
  });

  const refusals = (step: string, place: string | undefined, says: RegExp): readonly string[] =>
    (steps[step]?.stderr ?? '').split('\n').filter((text) => text.startsWith(`${place}: `) && says.test(text));

  test.for(mistakes.map((mistake, index) => [mistake.wrong, mistake, index] as const))(
    '%s: its task of Nx refuses it',
    ([, { step, says }, index]) => {
      expect(steps[step]?.status).toBe(1);
      expect(refusals(step, places[index], says)).toHaveLength(1);
    },
  );

  test.for(
    mistakes.flatMap((mistake, index) => (mistake.step === 'walk' ? [[mistake.wrong, mistake, index] as const] : [])),
  )('%s: the first step of npm start refuses it', ([, { says }, index]) => {
    expect(steps['documentation']?.status).toBe(1);
    expect(refusals('documentation', places[index], says)).toHaveLength(1);
  });

  test('the compiler refuses them too', () => {
    for (const { path } of mistakes) expect(compiler).toContain(path);
  });
});
