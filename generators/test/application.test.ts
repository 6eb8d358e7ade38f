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

test('it compiles, and the linter and the formatter accept it', () => {
  expect(() => run('tsc', '--project', 'tsconfig.json')).not.toThrow();
  expect(() => run('oxlint', 'libs')).not.toThrow();
  expect(() =>
    run('prettier', '--check', 'libs/made-by-test', 'libs/contracts/src', 'libs/profiles/src'),
  ).not.toThrow();
});

test('the generator has written everything that follows from it', () => {
  expect(() => run(process.execPath, 'generators/src/generate.ts', '--check')).not.toThrow();
});

test.for([
  ['example-kubernetes-minimal', 1],
  ['example-openshift-production', 2],
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

test('Nx reports all faults at once, fails, and writes nothing', () => {
  const { status, stderr } = spawnSync('nx', ['generate', '@cost-onprem/generators:application', 'generators'], {
    cwd: copy,
    encoding: 'utf8',
    env: copyEnvironment,
  });
  expect(status).toBe(1);
  expect(stderr).toContain('libs/generators or a project of that name exists already');
  expect(stderr).toContain('image (none) must be a repository with a fixed tag');
  expect(stderr).toContain('needs a purpose');
  expect(existsSync(join(copy, 'libs/generators'))).toBe(false);
});

const request: ApplicationRequest = {
  name: 'made-by-test',
  workload: 'made-by-test',
  kind: 'Deployment',
  image: 'registry.example.com/made-by-test:1.2',
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

test('each existing file gets one more line and loses none', () => {
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
      'declares that ledger listens on 3000: use --port=3000',
    );
  });
});

describe('the generator refuses a request with a fault', () => {
  test.for([
    [{ name: 'koku' }, 'libs/koku or a project of that name exists already'],
    [{ name: 'Rates' }, 'Rates is not a valid name'],
    [{ workload: 'made-by-test--api' }, 'made-by-test--api is not a valid name'],
    [{ workload: 'r'.repeat(53) }, 'is not a valid name: use up to 52'],
    [{ workload: 'valkey' }, 'the workload valkey exists already'],
    [{ workload: 'koku-db-migrate' }, 'the workload koku-db-migrate exists already'],
    [{ workload: 'koku-profile' }, 'would be kokuProfile in TypeScript, which already means something else'],
    [{ workload: 'endpoints' }, 'would be endpoints in TypeScript'],
    [{ name: 'names' }, 'libs/contracts/src/names.ts exists already'],
    [{ name: 'trusted-ca', workload: 'made-by-test' }, 'libs/contracts/src/trusted-ca.ts exists already'],
    [{ workload: 'image' }, 'would be image in TypeScript'],
    [{ workload: 'new' }, 'would be new in TypeScript'],
    [{ image: 'registry.example.com:5000/made-by-test' }, 'must be a repository with a fixed tag'],
    [{ image: 'registry.example.com/made-by-test:latest' }, 'must be a repository with a fixed tag'],
    [{ image: 'registry.example.com/made-by-test:1' }, 'must be a repository with a fixed tag'],
    [{ image: "registry.example.com/ra'tes:1" }, 'must be a repository with a fixed tag'],
    [{ port: 80 }, 'port 80 is not between 1024 and 65535'],
    [{ purpose: 'Ends */ here.' }, 'needs a purpose'],
    [{ stacks: ['complete-'] }, 'names the stack complete-, which does not exist; there is without-trino'],
  ] as const)('%j', ([change, sentence]) => {
    expect(() => filesFor(change)).toThrow(sentence);
  });

  test.for([
    ['libs/contracts/src/contracts.ts', 'does not exist, but must list the new application'],
    ['libs/profiles/src/applications.ts', 'does not exist, but must list the new application'],
    [
      'overlays/stacks/without-trino/kustomization.yaml',
      'must contain the line “# New applications: above this line.” exactly once',
    ],
  ] as const)('if %s has no place for its line', ([lost, sentence]) => {
    expect(() => filesFor({}, (path) => (path === lost ? '' : read(path)))).toThrow(`${lost} ${sentence}`);
  });
});
