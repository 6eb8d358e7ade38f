/** A further thing of which every cluster chooses one is an entry in the list of layers, and its folders. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyEnvironment, copyRepository } from '../../tools/scratch/src/copy.ts';

const entry = `{
  folder: 'sign-in',
  list: 'components',
  place: additions,
  word: 'sign-in',
  remark: 'how people sign in',
  argument: 'signIn',
},`;

const component = (name: string): string => `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
configMapGenerator:
  - name: sign-in
    literals: [choice=${name}]
`;

let root: string;
let remove: () => void;

const run = (command: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', env: copyEnvironment });
  return { status, stdout, stderr };
};

const generate = (...args: readonly string[]) =>
  run('nx', 'generate', '@cost-onprem/generators:cluster', '--host=cost.example.com', '--platform=kubernetes', ...args);

beforeAll(() => {
  ({ root, remove } = copyRepository('new-choice'));
  const file = join(root, 'tools/clusters/src/layers.ts');
  const text = readFileSync(file, 'utf8');
  const before = text.search(/^ *\{ \.\.\.options, effect: 'adds'/m);
  writeFileSync(file, `${text.slice(0, before)}${entry}\n${text.slice(before)}`);
  for (const name of ['external', 'keycloak']) {
    mkdirSync(join(root, 'overlays/sign-in', name), { recursive: true });
    writeFileSync(join(root, 'overlays/sign-in', name, 'kustomization.yaml'), component(name));
  }
  run('node', 'generators/src/generate.ts', 'generators');
});
afterAll(() => remove());

const sentence = 'names no sign-in; it must name exactly one of overlays/sign-in: external, keycloak';

test('a cluster that does not say it is refused, with the names that there are', () => {
  const { status, stderr } = run('node', 'tools/clusters/src/print.ts', 'example-kubernetes-minimal');
  expect(status).toBe(1);
  expect(stderr.trim()).toBe(`clusters/example-kubernetes-minimal/kustomization.yaml: ${sentence}`);
});

test('the generator asks for it', () => {
  const { properties } = JSON.parse(readFileSync(join(root, 'generators/schemas/cluster.json'), 'utf8')) as {
    readonly properties: Readonly<Record<string, unknown>>;
  };
  expect(properties['signIn']).toEqual({
    type: 'string',
    description: 'A folder of overlays/sign-in.',
    'x-prompt': 'Which folder of overlays/sign-in says how people sign in?',
  });
});

test('the generator refuses a cluster without it, and writes nothing', () => {
  expect(generate('north').stderr).toContain(`cluster north: ${sentence}`);
  expect(existsSync(join(root, 'clusters/north'))).toBe(false);
});

test('a cluster with it has it in its place, and renders', () => {
  expect(generate('south', '--signIn=keycloak', '--options=read-replica')).toMatchObject({ status: 0 });
  expect(readFileSync(join(root, 'clusters/south/kustomization.yaml'), 'utf8')).toMatch(
    /object-storage\/embedded.*\n {2}- \.\.\/\.\.\/overlays\/sign-in\/keycloak # how people sign in\n.*options\/read-replica/,
  );
  const { status, stdout } = run('node', 'tools/clusters/src/print.ts', 'south');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^ {2}name: sign-in-/m);
});

test('every combination has one of them, and every other choice is shown with each', () => {
  const script = `
    import { combinations, factorsOf, pairsOf } from './tools/clusters/src/combinations.ts';
    import { readOverlays } from './tools/clusters/src/overlays.ts';
    const overlays = readOverlays(process.cwd());
    const pairs = pairsOf(factorsOf(overlays)).map(({ values }) => values);
    console.log(JSON.stringify({ sets: combinations(overlays).map((set) => [...set]), pairs }));`;
  const { stdout } = run('node', '--input-type=module', '--eval', script);
  const { sets, pairs } = JSON.parse(stdout) as {
    readonly sets: readonly (readonly string[])[];
    readonly pairs: readonly (readonly [string, string])[];
  };
  const chosen = sets.map((set) => set.filter((path) => path.startsWith('sign-in/')));
  expect(chosen.every(({ length }) => length === 1)).toBe(true);
  for (const name of ['sign-in/external', 'sign-in/keycloak'])
    for (const other of ['kafka/strimzi', 'platforms/openshift', 'options/read-replica']) {
      expect(pairs.some((pair) => pair.includes(name) && pair.includes(other))).toBe(true);
      expect(sets.some((set) => set.includes(name) && set.includes(other))).toBe(true);
    }
});

test('it is the only place to change: the compiler has no complaint', () => {
  expect(run('tsc', '--project', 'tsconfig.json')).toMatchObject({ status: 0, stdout: '' });
});
