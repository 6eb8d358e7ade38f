/** A new application, in a copy of this repository: it compiles, is generated, and is in the render of a cluster. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as contracts from '@cost-onprem/contracts';
import { endpoints } from '@cost-onprem/kit';
import { applicationFiles, type ApplicationRequest, type Known } from '../application/application.ts';
import { renderCluster } from '../../tools/clusters/src/render.ts';
import { identity } from '../../tools/manifests/src/manifest.ts';
import { copyEnvironment, copyRepository } from '../../tools/scratch/src/copy.ts';
import { repository } from '../../tools/repository/src/repository.ts';

let copy: string;
let remove: () => void;

const run = (command: string, ...args: readonly string[]): string =>
  execFileSync(command, args, {
    cwd: copy,
    encoding: 'utf8',
    env: copyEnvironment,
  });

beforeAll(() => {
  ({ root: copy, remove } = copyRepository('application'));
  run(
    'nx',
    'generate',
    '@cost-onprem/generators:application',
    'made-by-test',
    '--workload=made-by-test-api',
    '--image=registry.example.com/made-by-test:1.2',
    '--port=8081',
    '--purpose=Knows the exchange rates.',
  );
});
afterAll(() => remove());

test('it compiles, and the linter and the formatter have nothing to say', () => {
  expect(() => run('tsc', '--project', 'tsconfig.json')).not.toThrow();
  expect(() => run('oxlint', 'libs')).not.toThrow();
  expect(() =>
    run('prettier', '--check', 'libs/made-by-test', 'libs/contracts/src', 'libs/profiles/src'),
  ).not.toThrow();
});

test('what follows from it is written, and nothing more is to be done', () => {
  expect(() => run(process.execPath, 'generators/src/generate.ts', '--check')).not.toThrow();
});

test.for([
  ['kubernetes-minimal', 1],
  ['openshift-production', 2],
] as const)('%s runs it, with a size, a Service, policies and an account', async ([cluster, replicas]) => {
  const { objects } = await renderCluster(cluster, copy);
  expect(objects.map(identity)).toEqual(
    expect.arrayContaining([
      'Deployment/made-by-test-api',
      'Service/made-by-test-api',
      'ServiceAccount/made-by-test-api',
      'PodDisruptionBudget/made-by-test-api',
      'NetworkPolicy/made-by-test-api',
      'NetworkPolicy/reaches-made-by-test-api-http',
    ]),
  );
  const container = {
    name: 'made-by-test',
    image: 'registry.example.com/made-by-test:1.2',
    resources: {
      requests: { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '32Mi' },
      limits: { cpu: '200m', memory: '256Mi', 'ephemeral-storage': '160Mi' },
    },
  };
  expect(objects.find((object) => identity(object) === 'Deployment/made-by-test-api')).toMatchObject({
    spec: { replicas, template: { spec: { containers: [container] } } },
  });
  expect(objects.find((object) => identity(object) === 'Service/made-by-test-api')).toMatchObject({
    spec: { ports: [{ name: 'http', port: 8081 }] },
  });
});

test('Nx tells all that is wrong at once, fails, and writes nothing', () => {
  const { status, stderr } = spawnSync('nx', ['generate', '@cost-onprem/generators:application', 'generators'], {
    cwd: copy,
    encoding: 'utf8',
    env: copyEnvironment,
  });
  expect(status).toBe(1);
  expect(stderr).toContain('libs/generators or a project of that name is there already');
  expect(stderr).toContain('image (none) must be a repository and a tag');
  expect(stderr).toContain('needs a purpose');
  expect(existsSync(join(copy, 'libs/generators'))).toBe(false);
});

const request: ApplicationRequest = {
  name: 'made-by-test',
  workload: 'made-by-test',
  kind: 'Deployment',
  image: 'registry.example.com/made-by-test:1',
  port: 8080,
  purpose: 'Knows.',
  stacks: ['without-trino'],
};
const read = (path: string) => (existsSync(join(repository, path)) ? readFileSync(join(repository, path), 'utf8') : '');
const agreed: Known = { workloads: contracts.workloadNames, exports: contracts };
const filesFor = (change: Partial<ApplicationRequest>, reader = read, known = agreed) =>
  applicationFiles({ ...request, ...change }, reader, new Set(['koku']), ['without-trino'], known);

test('a StatefulSet is one word of the request', () => {
  expect(filesFor({ kind: 'StatefulSet' })['libs/made-by-test/src/made-by-test.ts']).toContain("kind: 'StatefulSet'");
});

test('of the files that are there already, each gets one line more and loses none', () => {
  const changed = Object.entries(filesFor({})).filter(([path]) => read(path) !== '');
  expect(changed.map(([path]) => path)).toEqual([
    'libs/contracts/src/contracts.ts',
    'libs/contracts/src/index.ts',
    'libs/profiles/src/applications.ts',
    'overlays/stacks/without-trino/kustomization.yaml',
  ]);
  for (const [path, text] of changed) {
    const before = read(path).split('\n');
    const after = text.split('\n');
    expect(after).toHaveLength(before.length + 1);
    expect(after.filter((line) => line.includes('made-by-test'))).toHaveLength(1);
    expect(after.filter((line) => !line.includes('made-by-test'))).toEqual(before);
  }
});

describe('an endpoint that the contracts declare before its library exists', () => {
  const withLedger: Known = { ...agreed, exports: { ...contracts, ledger: endpoints('ledger', { http: 3000 }) } };

  test('is used as it is', () => {
    const files = filesFor({ name: 'ledger', workload: 'ledger', port: 3000 }, read, withLedger);
    expect(files['libs/ledger/src/ledger.ts']).toContain("import { ledger as listens } from '@cost-onprem/contracts'");
    expect(files['libs/contracts/src/ledger.ts']).not.toContain('endpoints');
  });

  test('is not contradicted', () => {
    expect(() => filesFor({ name: 'ledger', workload: 'ledger' }, read, withLedger)).toThrow(
      'declares that ledger listens on 3000 already: say --port=3000',
    );
  });
});

describe('a request is refused, and nothing is written', () => {
  test.for([
    [{ name: 'koku' }, 'libs/koku or a project of that name is there already'],
    [{ name: 'Rates' }, 'Rates is no name'],
    [{ workload: 'made-by-test--api' }, 'made-by-test--api is no name'],
    [{ workload: 'r'.repeat(53) }, 'is no name: it must be up to 52'],
    [{ workload: 'valkey' }, 'the workload valkey is there already'],
    [{ workload: 'koku-db-migrate' }, 'the workload koku-db-migrate is there already'],
    [{ workload: 'koku-profile' }, 'would be kokuProfile in TypeScript, which is something else there already'],
    [{ workload: 'endpoints' }, 'would be endpoints in TypeScript'],
    [{ name: 'names' }, 'would write libs/contracts/src/names.ts, which is there already'],
    [{ name: 'trusted-ca', workload: 'made-by-test' }, 'would write libs/contracts/src/trusted-ca.ts'],
    [{ workload: 'image' }, 'would be image in TypeScript'],
    [{ workload: 'new' }, 'would be new in TypeScript'],
    [{ image: 'registry.example.com:5000/made-by-test' }, 'must be a repository and a tag that stays what it is'],
    [{ image: 'registry.example.com/made-by-test:latest' }, 'must be a repository and a tag that stays what it is'],
    [{ image: `made-by-test:latest@sha256:${'a'.repeat(64)}` }, 'must be a repository and a tag that stays what it is'],
    [{ image: "registry.example.com/ra'tes:1" }, 'must be a repository and a tag that stays what it is'],
    [{ port: 80 }, 'port 80 is not between 1024 and 65535'],
    [{ purpose: 'Ends */ here.' }, 'needs a purpose'],
    [{ stacks: ['complete-'] }, 'names the stack complete-, which does not exist; there is without-trino'],
  ] as const)('%j', ([change, sentence]) => {
    expect(() => filesFor(change)).toThrow(sentence);
  });

  test.for([
    ['libs/contracts/src/contracts.ts', 'is not there, and the new application must be listed in it'],
    ['libs/profiles/src/applications.ts', 'is not there, and the new application must be listed in it'],
    [
      'overlays/stacks/without-trino/kustomization.yaml',
      'must have the line “# New applications: above this line.” once',
    ],
  ] as const)('where %s has no place for its line', ([lost, sentence]) => {
    expect(() => filesFor({}, (path) => (path === lost ? '' : read(path)))).toThrow(`${lost}: ${sentence}`);
  });
});
