/** Folders that are no clusters stop every command before Nx makes a project of them, and their names reach no shell. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyEnvironment, copyRepository } from '../../scratch/src/copy.ts';

const { root, remove } = copyRepository('folders');
afterAll(remove);

/** Each file in a folder that is refused, and the begin of its sentence. */
const refused = {
  'clusters/west/kustomization.yml': 'clusters/west: has kustomization.yml; rename it to kustomization.yaml',
  'clusters/south/Kustomization': 'clusters/south: has Kustomization; rename it to kustomization.yaml',
  'clusters/eu/north/kustomization.yaml': 'clusters/eu: has no kustomization.yaml, but its folder north has',
  'clusters/common/patch.yaml': 'clusters/common: has no kustomization.yaml',
  'clusters/North_1/kustomization.yaml': 'clusters/North_1: is not a valid name',
  'clusters/workspace/kustomization.yaml': 'clusters/workspace: has the name of the Nx project workspace',
  'clusters/koku/kustomization.yaml': 'clusters/koku: has the name of the Nx project @cost-onprem/koku',
  'clusters/a;touch x;b/kustomization.yaml': 'clusters/a;touch x;b: is not a valid name',
  'tools/a;touch x;b/src/main.ts': 'tools/a;touch x;b: is not a valid name',
} as const;

beforeAll(() => {
  for (const file of Object.keys(refused)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
  }
  mkdirSync(join(root, 'clusters/empty'));
  symlinkSync('example-openshift-minimal', join(root, 'clusters/link'));
});

const all = [...Object.values(refused), 'clusters/empty: is empty', 'clusters/link: is a link'];

const call = (command: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', env: copyEnvironment });
  return { status, lines: `${stdout}\n${stderr}`.split('\n').map((line) => line.replace(/^[\s-]+/, '')) };
};

test.for(['npm start', 'npm test', 'npm test -- --affected', 'nx run-many --targets=build'])('%s', (command) => {
  const [program = '', ...args] = command.split(' ');
  const { status, lines } = call(program, ...args);
  expect(status).toBe(1);
  for (const sentence of all) expect(lines.filter((line) => line.startsWith(sentence))).toHaveLength(1);
  expect(existsSync(join(root, 'x'))).toBe(false);
});

test.for([
  ['west', refused['clusters/west/kustomization.yml']],
  ['koku', refused['clusters/koku/kustomization.yaml']],
  ['a;touch x;b', refused['clusters/a;touch x;b/kustomization.yaml']],
  ['eu/north', refused['clusters/eu/north/kustomization.yaml']],
  ['empty', 'clusters/empty: is empty'],
  ['link', 'clusters/link: is a link'],
] as const)('npm run render -- %s', ([name, sentence]) => {
  const { status, lines } = call('npm', 'run', '--silent', 'render', '--', name);
  expect(status).toBe(1);
  expect(lines.filter((line) => line !== '')).toEqual([expect.stringContaining(sentence)]);
  expect(existsSync(join(root, 'x'))).toBe(false);
});
