/**
 * What the workflow of a pull request lets through: each test commits a change to a copy of the repository, on a branch of its
 * own, and runs the commands of the workflow. The copy has hardly any tests, because what judges a cluster
 * is in its build.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyEnvironment, copyRepository } from '../../scratch/src/copy.ts';
import { exampleNames } from '../../scratch/src/examples.ts';
import { commandsOf, readWorkflow, type Job, type Step } from '../test/workflow.ts';

const { root, remove } = copyRepository('gate');
afterAll(remove);

const environment = {
  ...copyEnvironment,
  CI: 'true',
  FORCE_COLOR: undefined,
  NO_COLOR: '1',
  NX_CACHE_DIRECTORY: join(root, '.nx/cache'),
};

const git = (...words: readonly string[]): string => {
  const identity = ['-c', 'user.name=x', '-c', 'user.email=x@example.org', '-c', 'init.defaultBranch=main'];
  const { status, stdout, stderr } = spawnSync('git', [...identity, ...words], { cwd: root, encoding: 'utf8' });
  expect(`${status} ${stderr}`).toMatch(/^0 /);
  return stdout.trim();
};

const commit = (message: string): void => {
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
};

beforeAll(() => {
  for (const folder of globSync(['{libs,tools}/*/{test,*-test}', 'libs/*/rehearsal/test', 'generators/{test,*-test}'], {
    cwd: root,
  }))
    if (folder !== 'tools/documentation/test') rmSync(join(root, folder), { recursive: true });
  // It reads the folders that are gone.
  rmSync(join(root, 'tools/documentation/test/pointers.test.ts'));
  git('init', '--quiet');
  commit('Before');
});

/** Changes the text of a file; a file that is missing has none. */
const edit = (file: string, change: (text: string) => string): void => {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const after = change(before);
  expect(after, `the change of ${file}`).not.toBe(before);
  writeFileSync(path, after);
};

interface Outcome {
  readonly failed?: Step | undefined;
  readonly output: string;
}

/** Runs the commands of a job, as GitHub does: with `bash -e`, until one fails. */
const run = ({ steps }: Pick<Job, 'steps'>, env: Readonly<Record<string, string>> = {}): Outcome => {
  const outputs: string[] = [];
  const failed = steps.find((step) => {
    const options = { cwd: root, encoding: 'utf8', env: { ...environment, ...env } } as const;
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', step.run ?? ''], options);
    outputs.push(stdout, stderr);
    return status !== 0;
  });
  return { failed, output: outputs.join('') };
};

const affected = readWorkflow('affected.yaml').jobs['affected'] ?? { steps: [] };

/** Writes what follows from a change. */
const generate = (): void => {
  const options = { cwd: root, encoding: 'utf8', env: environment } as const;
  const { status, stderr } = spawnSync(process.execPath, ['generators/src/generate.ts'], options);
  expect(`${status} ${stderr}`).toMatch(/^0 /);
};

/** Commits a change to a branch, and runs the workflow for it. */
const pullRequest = (change: () => void): Outcome => {
  git('checkout', '--quiet', '--force', '-B', 'change', 'main');
  git('clean', '--quiet', '--force', '-d');
  change();
  commit('A change');
  return run({ steps: commandsOf(affected) }, { NX_BASE: git('rev-parse', 'main'), NX_HEAD: 'HEAD' });
};

const newCluster =
  (more: string, files: Readonly<Record<string, string>> = {}) =>
  (): void => {
    const like = readFileSync(join(root, 'clusters/example-kubernetes-minimal/kustomization.yaml'), 'utf8');
    const resources = Object.keys(files).map((file) => `  - ${file}\n`);
    const text = like.replace('resources:\n', `resources:\n${resources.join('')}`);
    edit('clusters/north/kustomization.yaml', () => text + more);
    for (const [file, content] of Object.entries(files)) edit(`clusters/north/${file}`, () => content);
  };

const withoutDefaultDeny = `patches:
  - target: { kind: NetworkPolicy, name: default-deny }
    patch: |
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: { name: default-deny }
      $patch: delete
`;
const privileged = `apiVersion: v1
kind: Pod
metadata: { name: shell }
spec:
  containers:
    - name: shell
      image: quay.io/example/shell:1.0
      securityContext: { privileged: true }
`;
const certificate = `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: koku-gateway-tls }
spec:
  secretName: koku-gateway-tls
  dnsNames: [cost.example.com]
  issuerRef: { kind: ClusterIssuer, name: internal }
`;
const lawOfServices = `const law: Law = (objects) =>
  objects
    .filter(({ kind }) => kind === 'Service')
    .map(({ kind, metadata }) => ({ object: \`\${kind}/\${metadata.name}\`, sentence: 'breaks the new law' }));

const laws: readonly Law[] = [
  law,
`;

const ofAll = (...sentences: readonly string[]): readonly string[] =>
  exampleNames.flatMap((name) => sentences.map((sentence) => `clusters/${name}/kustomization.yaml: ${sentence}`));

test.for<readonly [name: string, change: () => void, sentences: readonly string[]]>([
  [
    'a new cluster without default-deny, and with a privileged pod',
    newCluster(withoutDefaultDeny, { 'pod.yaml': privileged }),
    [
      'clusters/north/kustomization.yaml: NetworkPolicy/default-deny must be there',
      'clusters/north/kustomization.yaml: Pod/shell',
    ],
  ],
  [
    'a kind that Argo CD’s project does not admit',
    newCluster('', { 'certificate.yaml': certificate }),
    [
      'clusters/north/kustomization.yaml: Certificate/koku-gateway-tls is of the kind Certificate.cert-manager.io, which overlays/argo-cd/app-project.yaml does not admit',
    ],
  ],
  [
    'a kind that Argo CD’s project no longer admits',
    () => {
      edit('overlays/argo-cd/app-project.yaml', (text) => text.replace(/.*kind: PodDisruptionBudget.*\n/, ''));
      generate();
    },
    exampleNames.map((name) => `clusters/${name}/kustomization.yaml: PodDisruptionBudget/`),
  ],
  [
    'a policy of a platform that admits the router to the database',
    () =>
      edit('overlays/platforms/kubernetes/network-policies.yaml', (text) =>
        text.replace(/name: koku-gateway\n/, 'name: db-koku\n'),
      ),
    exampleNames.filter((name) => name.includes('kubernetes')).map((name) => `clusters/${name}/kustomization.yaml: `),
  ],
  [
    'a new law that every cluster breaks',
    () => edit('tools/laws/src/index.ts', (text) => text.replace('const laws: readonly Law[] = [\n', lawOfServices)),
    ofAll('Service/koku-gateway breaks the new law'),
  ],
  [
    'a figure of a profile, without the files that follow from it',
    () =>
      edit('libs/profiles/src/minimal.ts', (text) =>
        text.replace("'koku-masu': { replicas: 1", "'koku-masu': { replicas: 2"),
      ),
    ['overlays/profiles/minimal/kustomization.yaml: differs from the declarations'],
  ],
  [
    'a schema that lacks a field',
    () => edit('tools/schemas/json/deployment-apps-v1.json', (text) => text.replace('"replicas":', '"replicaz":')),
    exampleNames.map((name) => `dist/clusters/${name}.yaml: Deployment/koku-gateway`),
  ],
  [
    'a folder whose name would reach a shell',
    () => edit('clusters/a;touch x;b/kustomization.yaml', () => 'resources: []\n'),
    ['clusters/a;touch x;b: is not a valid name'],
  ],
  [
    'a cluster’s file under another name of Kustomize’s',
    () => edit('clusters/north/kustomization.yml', () => 'resources: []\n'),
    ['clusters/north: has kustomization.yml; rename it to kustomization.yaml'],
  ],
])('%s is refused', { timeout: 600_000 }, ([, change, sentences]) => {
  const { failed, output } = pullRequest(change);
  expect(failed?.run).toBe('npm test -- --affected');
  for (const sentence of sentences) expect(output).toContain(sentence);
  expect(existsSync(join(root, 'x'))).toBe(false);
});

test('a setting of one cluster passes, and no other cluster is built', { timeout: 600_000 }, () => {
  const { failed, output } = pullRequest(() =>
    edit('clusters/example-openshift-minimal/kustomization.yaml', (text) => text.replace('host=', 'host=new-')),
  );
  expect(failed ? output : 'passed').toBe('passed');
  expect([...output.matchAll(/nx run (\S+):build/g)].map(([, name]) => name)).toEqual(['example-openshift-minimal']);
});

test('what follows from Renovate’s new version of an image is regenerated, and passes', { timeout: 600_000 }, () => {
  git('checkout', '--quiet', '--force', '-B', 'renovate/valkey', 'main');
  git('clean', '--quiet', '--force', '-d');
  edit('libs/valkey/src/valkey.ts', (text) => text.replace(/('[^':]+\/valkey:)[^'@]+/, '$19.9.9'));
  commit('Update valkey');
  const steps = commandsOf(readWorkflow('regenerate.yaml').jobs['generate'] ?? { steps: [] });
  const files = { RUNNER_TEMP: join(root, '.nx'), GITHUB_OUTPUT: join(root, '.nx/output') };
  const { failed, output } = run({ steps }, files);
  expect(failed ? output : 'passed').toBe('passed');
  expect(readFileSync(files.GITHUB_OUTPUT, 'utf8')).toBe('changed=true\n');
  git('reset', '--quiet', '--hard');
  git('apply', '--index', join(files.RUNNER_TEMP, 'difference.patch'));
  expect(git('diff', '--cached', '--name-only').split('\n')).toEqual(
    expect.arrayContaining([expect.stringMatching(/^libs\/valkey\/base\//)]),
  );
  const check = spawnSync(process.execPath, ['generators/src/generate.ts', '--check'], { cwd: root, env: environment });
  expect(check.status).toBe(0);
});
