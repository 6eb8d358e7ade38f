/** A further database, declared in a copy of this repository: one declaration, and what is missing is a compile error. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, identity, parseManifests, podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import { copyEnvironment, copyRepository } from '../../scratch/src/copy.ts';

let copy: string;
let remove: () => void;

const run = (command: string, ...args: readonly string[]): string =>
  execFileSync(command, args, { cwd: copy, encoding: 'utf8', env: copyEnvironment, maxBuffer: 2 ** 26 });

const compile = (): string => {
  const { stdout } = spawnSync('tsc', ['--project', 'tsconfig.json', '--noEmit'], {
    cwd: copy,
    encoding: 'utf8',
    env: copyEnvironment,
  });
  return stdout;
};

const edit = (path: string, ...changes: readonly (readonly [string | RegExp, string])[]): void => {
  const file = join(copy, path);
  const before = readFileSync(file, 'utf8');
  const after = changes.reduce((text, [from, to]) => text.replace(from, to), before);
  if (after === before) throw new Error(`${path} is not as this test expects`);
  writeFileSync(file, after);
};

const nameOf = (object: Manifest): string => identity(object).replace(/^(ConfigMap\/.*)-[a-z0-9]{10}$/, '$1');

const render = (cluster: string): ReadonlyMap<string, Manifest> =>
  new Map(
    parseManifests(run(process.execPath, 'tools/clusters/src/print.ts', cluster)).map((object) => [
      nameOf(object),
      object,
    ]),
  );

beforeAll(() => {
  ({ root: copy, remove } = copyRepository('database'));
  edit('libs/contracts/src/databases.ts', [
    /const all = \[/,
    "export const dbRates = postgresDatabase('rates', { purpose: 'The PostgreSQL of rates.' });\n\n$&dbRates, ",
  ]);
});
afterAll(() => remove());

test('a profile, and a storage size, must have a row for it', () => {
  const errors = compile();
  for (const profile of ['minimal', 'production'])
    expect(errors).toMatch(new RegExp(`libs/profiles/src/${profile}\\.ts.*'"?db-rates"?'`));
  expect(errors).toMatch(/libs\/profiles\/src\/storage\.ts.*'"?db-rates-data"?'/);
});

describe('with these rows, and with its base in a stack', () => {
  const allOfIt = [
    'ConfigMap/db-rates-configuration',
    'ConfigMap/db-rates-pre-start',
    'ConfigMap/make-db-rates-credentials',
    'NetworkPolicy/db-rates',
    'PersistentVolumeClaim/db-rates-data',
    'PodDisruptionBudget/db-rates',
    'Service/db-rates',
    'ServiceAccount/db-rates',
    'StatefulSet/db-rates',
  ];

  beforeAll(() => {
    const row = "'db-rates': { replicas: 1, millicores: [1, 2], mebibytes: [1, 1000] },";
    for (const profile of ['minimal', 'production'])
      edit(
        `libs/profiles/src/${profile}.ts`,
        [/^ *'db-koku':/m, `${row}\n$&`],
        [/connections: \{/, "$& 'db-rates': 20,"],
      );
    edit('libs/profiles/src/storage.ts', [/^ *\[dbKoku\.claim\]:/gm, "'db-rates-data': 7,\n$&"]);
    edit('overlays/stacks/without-trino/kustomization.yaml', [
      /^ *- .*\/db-koku$/m,
      '$&\n  - ../../../libs/postgresql/base/db-rates',
    ]);
    run('tsc', '--project', 'tsconfig.json', '--noEmit');
    run(process.execPath, 'generators/src/generate.ts');
  });

  test('a cluster has its server, claim, address, policies, and the declaration of its Secret', () => {
    const objects = render('example-kubernetes-minimal');
    const path = 'NetworkPolicy/reaches-db-rates-postgres';
    for (const name of [...allOfIt, path, 'ConfigMap/db-rates-endpoint']) expect([...objects.keys()]).toContain(name);
    expect(objects.get('ConfigMap/db-rates-endpoint')?.data).toMatchObject({
      host: 'db-rates',
      port: '5432',
      database: 'rates',
    });
    expect(at(objects.get('PersistentVolumeClaim/db-rates-data')?.spec, 'resources', 'requests', 'storage')).toBe(
      '7Gi',
    );
    expect(objects.get('ConfigMap/make-db-rates-credentials')?.data).toEqual({
      'db-rates-credentials': 'password 32\n',
    });
    expect(at(objects.get(path)?.spec, 'podSelector', 'matchLabels')).toEqual({
      'reaches.cost-onprem/db-rates.postgres': 'true',
    });
    const [container] = podTemplateOf(objects.get('StatefulSet/db-rates') as Manifest)?.spec?.containers ?? [];
    const variables = Object.fromEntries((container?.env ?? []).map(({ name, ...rest }) => [name, rest]));
    expect(variables).toMatchObject({
      POSTGRESQL_PASSWORD: { valueFrom: { secretKeyRef: { name: 'db-rates-credentials', key: 'password' } } },
      POSTGRESQL_MAX_CONNECTIONS: { value: expect.stringMatching(/^\d+$/) as string },
    });
    // It has no replica, and so no user for one.
    expect(variables).not.toHaveProperty('REPLICATION_PASSWORD');
  });

  test('a cluster with an external PostgreSQL must say where it is', () => {
    expect(() => render('example-kubernetes-external')).toThrow('does not set host in db-rates-endpoint');
  });

  test('and then has nothing of the server, and its clients may leave for it', () => {
    edit('clusters/example-kubernetes-external/kustomization.yaml', [
      / {2}- name: valkey-endpoint/,
      '  - name: db-rates-endpoint\n    behavior: merge\n    literals: [host=ros.example.com, username=ros-user]\n$&',
    ]);
    const objects = render('example-kubernetes-external');
    expect(allOfIt.filter((name) => objects.has(name))).toEqual([]);
    expect(objects.get('ConfigMap/db-rates-endpoint')?.data).toMatchObject({
      host: 'ros.example.com',
      username: 'ros-user',
    });
    expect(at(objects.get('NetworkPolicy/reaches-db-rates-postgres')?.spec, 'egress')).toEqual([
      { ports: [5432, 6432].map((port) => ({ protocol: 'TCP', port })) },
    ]);
  });
});
