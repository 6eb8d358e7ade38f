/** A new application, in a copy of this repository: it compiles, is generated, and is in the render of a cluster. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicationFiles } from '../application/application.ts';
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
    'rates',
    '--workload=rates-api',
    '--image=registry.example.com/rates:1.2',
    '--port=8081',
    '--purpose=Knows the exchange rates.',
  );
});
afterAll(() => remove());

test('it compiles, and the linter and the formatter have nothing to say', () => {
  expect(() => run('tsc', '--project', 'tsconfig.json')).not.toThrow();
  expect(() => run('prettier', '--check', 'libs/rates', 'libs/contracts/src', 'libs/profiles/src')).not.toThrow();
});

test('what follows from it is written, and nothing more is to be done', () => {
  expect(() => run(process.execPath, 'generators/src/generate.ts', '--check')).not.toThrow();
});

test('every cluster runs it, with a size, a Service, policies and an account', async () => {
  const { objects } = await renderCluster('kubernetes-minimal', copy);
  expect(objects.map(identity)).toEqual(
    expect.arrayContaining([
      'Deployment/rates-api',
      'Service/rates-api',
      'ServiceAccount/rates-api',
      'PodDisruptionBudget/rates-api',
      'NetworkPolicy/rates-api',
      'NetworkPolicy/reaches-rates-api-http',
    ]),
  );
  expect(objects.find((object) => identity(object) === 'Deployment/rates-api')).toMatchObject({
    spec: {
      replicas: 1,
      template: { spec: { containers: [{ name: 'rates', image: 'registry.example.com/rates:1.2' }] } },
    },
  });
});

describe('a request is refused, and nothing is written', () => {
  const request = {
    name: 'rates',
    workload: 'rates',
    image: 'registry.example.com/rates:1',
    port: 8080,
    purpose: 'Knows.',
    stacks: ['without-trino'],
  };
  const read = (path: string) => readFileSync(join(repository, path), 'utf8');
  const refused = (change: Partial<typeof request>) => () =>
    applicationFiles({ ...request, ...change }, read, new Set(['koku']), ['without-trino']);

  test.for([
    [{ name: 'koku' }, 'libs/koku is there already'],
    [{ name: 'Rates' }, 'Rates is no name'],
    [{ image: 'registry.example.com:5000/rates' }, 'has no tag that stays what it is'],
    [{ image: 'registry.example.com/rates:latest' }, 'has no tag that stays what it is'],
    [{ port: 80 }, 'port 80 is not between 1024 and 65535'],
    [{ stacks: ['complete-'] }, 'the stack complete- does not exist; there are without-trino'],
  ] as const)('%j', ([change, sentence]) => {
    expect(refused(change as Partial<typeof request>)).toThrow(sentence);
  });

  test('for a file in which its lines have no place', () => {
    expect(() => applicationFiles(request, () => '', new Set(), ['without-trino'])).toThrow(
      /has no .*where the new lines/,
    );
  });
});
