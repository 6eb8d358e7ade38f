/** A failing `npm start` ends with the sentences of the faults, and `npm run render` prints YAML alone. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clusterNames } from '../../repository/src/clusters.ts';
import { repository } from '../../repository/src/repository.ts';
import { copyEnvironment, copyRepository } from '../../scratch/src/copy.ts';
import { outputOfFailed } from '../src/nx.ts';

describe('declarations that do not compile', () => {
  let copy: string;
  let remove: () => void;
  beforeAll(() => {
    ({ root: copy, remove } = copyRepository('start'));
  });
  afterAll(() => remove());

  test('are the first thing that npm start reports, with file and line', () => {
    const file = join(copy, 'libs/profiles/src/profile.ts');
    const text = readFileSync(file, 'utf8');
    // Whatever the rows of a fork are, these two are wrong.
    writeFileSync(
      file,
      `${text}
const size = { replicas: 1, millicores: [1, 2], mebibytes: [1, 2] } as const;
export const misspelt: Partial<PlatformProfile['services']> = { 'no-such-workload': size };
export const settings: Partial<Record<'PGSSL', string>> = { PGSSL: true };
`,
    );
    const { status, stderr } = spawnSync(process.execPath, ['tools/start/src/start.ts'], {
      cwd: copy,
      encoding: 'utf8',
      env: copyEnvironment,
    });
    const first = text.split('\n').length;
    expect(status).toBe(1);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(new RegExp(`^libs/profiles/src/profile.ts:${first + 2}: .*no-such-workload`)),
      expect.stringMatching(new RegExp(`^libs/profiles/src/profile.ts:${first + 3}: Type 'boolean' is not assignable`)),
    ]);
  });
});

test('of Nx, only what failed tasks print is left, and each sentence once', () => {
  const output = [
    '✔  nx run north:build',
    '',
    '> nx run south:build',
    '',
    '> node tools/clusters/src/build.ts south\r',
    '\r',
    'clusters/south/kustomization.yaml:4: namespace is south',
    'Warning: command "node tools/clusters/src/build.ts south" exited with non-zero status code',
    '> nx run east:build',
    '',
    '> node tools/clusters/src/build.ts east\r',
    'clusters/south/kustomization.yaml:4: namespace is south',
    'overlays/x/kustomization.yaml: is wrong',
    '✔  nx run west:build',
    '',
    'Task Execution Timings:',
    '{',
    '  "north:build": 8188,',
    '}',
    ' NX   Running targets build, validate for 19 projects failed',
    'Failed tasks:',
  ];
  expect(outputOfFailed(output)).toEqual([
    'clusters/south/kustomization.yaml:4: namespace is south',
    'overlays/x/kustomization.yaml: is wrong',
  ]);
});

describe('a cluster that is printed', () => {
  const [cluster = ''] = clusterNames();
  const folder = mkdtempSync(join(tmpdir(), 'render-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const into = (file: string, level: string) =>
    spawnSync(process.execPath, ['tools/clusters/src/print.ts', cluster], {
      cwd: repository,
      encoding: 'utf8',
      stdio: ['ignore', openSync(join(folder, file), 'w'), 'pipe'],
      env: { ...process.env, npm_lifecycle_event: 'render', npm_config_loglevel: level },
    });

  test.runIf(cluster)('is YAML alone in a file, or there is none', () => {
    expect(into('silent', 'silent').status).toBe(0);
    expect(readFileSync(join(folder, 'silent'), 'utf8')).toMatch(/^apiVersion: /);
    const { status, stderr } = into('loud', 'notice');
    expect(status).toBe(1);
    expect(stderr).toContain(`use npm run -s render -- ${cluster} > <file>`);
  });

  test.runIf(cluster)('for a reader that closes the pipe ends quietly', () => {
    const script = `"$0" tools/clusters/src/print.ts "$1" | head -1`;
    const output = execFileSync('sh', ['-c', `{ ${script}; } 2>&1`, process.execPath, cluster], {
      cwd: repository,
      encoding: 'utf8',
    });
    expect(output).toBe('apiVersion: v1\n');
  });
});
