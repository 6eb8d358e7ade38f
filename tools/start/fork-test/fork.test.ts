/** A fork does all that the README promises, and `npm test` passes there. */
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyEnvironment, copyRepository } from '../../scratch/src/copy.ts';
import { exampleNames } from '../../scratch/src/examples.ts';

const { root, remove } = copyRepository('fork');
afterAll(remove);

const run = (command: string, ...args: readonly string[]): string =>
  execFileSync(command, args, { cwd: root, encoding: 'utf8', env: copyEnvironment, stdio: 'pipe' });

const edit = (file: string, ...changes: readonly (readonly [before: RegExp, after: string])[]): void => {
  const path = join(root, file);
  const text = changes.reduce(
    (before, [at, to]) => {
      const after = before.replace(at, to);
      if (after === before) throw new Error(`${file}: nothing matches ${at}`);
      return after;
    },
    readFileSync(path, 'utf8'),
  );
  writeFileSync(path, text);
};

/** The first block of YAML below a heading of clusters/README.md, from its list on. */
const recipe = (heading: string): string => {
  const text = readFileSync(join(root, 'clusters/README.md'), 'utf8');
  const [, block = ''] = new RegExp(`## ${heading}[^#]*?\`\`\`yaml\\n(.*?)\`\`\``, 's').exec(text) ?? [];
  if (block === '') throw new Error(`clusters/README.md: no recipe ${heading}`);
  return block;
};

beforeAll(() => {
  run('git', 'init', '--quiet', '--initial-branch=main');
  run('git', 'add', '--all');
  run('git', '-c', 'user.name=fork', '-c', 'user.email=fork@example.com', 'commit', '--quiet', '--message=Fork');

  // Clusters: one example renamed, the others deleted; recipes of clusters/README.md.
  renameSync(join(root, 'clusters/example-kubernetes-minimal'), join(root, 'clusters/north'));
  for (const name of exampleNames) rmSync(join(root, 'clusters', name), { recursive: true, force: true });
  appendFileSync(
    join(root, 'clusters/north/kustomization.yaml'),
    recipe('Images of a mirror') + recipe('A storage class'),
  );

  // Sizes: every figure of a table, and a disk.
  const more = (_: string, request: string, limit: string): string =>
    `mebibytes: [${Number(request) + 16}, ${Number(limit) + 64}]`;
  for (const profile of ['minimal', 'production']) {
    const file = join(root, `libs/profiles/src/${profile}.ts`);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/mebibytes: \[(\d+), (\d+)\]/g, more));
  }
  edit('libs/profiles/src/storage.ts', [/\[valkeyClaim\]: 2,/, '[valkeyClaim]: 3,']);

  // An application, and a route to it.
  run(
    'nx',
    ...['generate', '@cost-onprem/generators:application', 'rates'],
    ...['--image=quay.io/example/rates:1.2', '--purpose=Knows the exchange rates.'],
  );
  edit(
    'libs/contracts/src/gateway.ts',
    [
      /^export const gatewayRoutes = \{\n/m,
      "$&  rates: { prefix: '/api/rates/', to: rates.http, largestBody: 1, timeout: 30 },\n",
    ],
    [/^import \{ contract \} from '.\/contract.ts';\n/m, "$&import { rates } from './rates.ts';\n"],
  );
  edit(
    'libs/gateway/src/koku-gateway.ts',
    [/connects: \[/, '$&{ to: rates.http }, '],
    [/\bkokuApiWrites,/, '$& rates,'],
  );
  edit('overlays/stacks/without-trino/kustomization.yaml', [
    / {2}- ..\/..\/..\/libs\/rates\/base\n/,
    '$&  - ../../../libs/gateway/base/route-rates\n',
  ]);
  run('prettier', '--write', 'libs');
  run(process.execPath, 'generators/src/generate.ts');
}, 300_000);

test('npm start and npm test pass', { timeout: 1_800_000 }, () => {
  const started = spawnSync(process.execPath, ['tools/start/src/start.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: copyEnvironment,
  });
  expect([started.status, started.status === 0 ? '' : started.stdout + started.stderr]).toEqual([0, '']);
  expect(started.stdout).toMatch(/^north +\d+/m);
  const tested = spawnSync(process.execPath, ['tools/start/src/test.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: copyEnvironment,
  });
  expect([tested.status, tested.status === 0 ? '' : tested.stdout + tested.stderr]).toEqual([0, '']);
});
