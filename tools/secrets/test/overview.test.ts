/** The list of a cluster's Secrets, and the commands in it, which bash runs here with a program in place of kubectl. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { optionalSecret } from '@cost-onprem/kit';
import { scratchRepository } from '../../clusters/test/scratch.ts';
import { comesWithBucket, neededSecrets, readersOf } from '../../manifests/src/secrets.ts';
import { writeExample, type ExampleName } from '../../scratch/src/examples.ts';
import { buildUnchecked } from '../src/build-unchecked.ts';
import { createOptional, randomFunction } from '../src/by-hand.ts';
import { overviewText } from '../src/overview-text.ts';
import { overviewOf } from '../src/overview.ts';

const { root, remove } = scratchRepository();
const folder = mkdtempSync(join(tmpdir(), 'overview-'));
// Prints its arguments, with the contents of files in place of their names.
writeFileSync(
  join(folder, 'kubectl'),
  `#!/bin/sh
for word; do
  case "$word" in
  --from-file=*=*) printf '%s=%s\\n' "\${word%%=/*}" "$(cat "\${word##*=}")" ;;
  *) printf '%s\\n' "$word" ;;
  esac
done
`,
);
chmodSync(join(folder, 'kubectl'), 0o755);
afterAll(() => {
  remove();
  rmSync(folder, { recursive: true });
});

const kustomization = join(root, 'clusters/north/kustomization.yaml');
const change = (to: (text: string) => string): void =>
  writeFileSync(kustomization, to(readFileSync(kustomization, 'utf8')));
const choose = (example: ExampleName, secrets: string): void => {
  writeExample(root, example, 'north');
  change((text) => text.replace(/overlays\/secrets\/\w+/, `overlays/secrets/${secrets}`));
};
beforeEach(() => rmSync(join(root, 'clusters/north'), { recursive: true, force: true }));

const optional = optionalSecret('koku-aws', 'a cloud', { aws_access_key_id: 'access key' });
const build = async () => {
  const objects = await buildUnchecked(root, 'north');
  const overview = overviewOf(objects, 'north', [optional]);
  const rowOf = (name: string) => overview.needed.find((row) => row.name === name);
  return { objects, overview, rowOf };
};

/** The output of a command in bash, which reads these lines when it asks. */
const bash = (command: string, input = ''): string =>
  execFileSync('bash', ['-c', `${randomFunction}\n${command}`], {
    encoding: 'utf8',
    input,
    env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` },
    stdio: ['pipe', 'pipe', 'ignore'],
  });

describe('what creates a Secret', () => {
  test.each([
    ['example-kubernetes-minimal', 'generated', 'Job secrets-generate'],
    ['example-kubernetes-minimal', 'external', 'External Secrets Operator'],
    ['example-kubernetes-minimal', 'sealed', 'Sealed Secrets'],
    ['example-kubernetes-minimal', 'existing', 'a person'],
  ] as const)('in %s with %s: %s', async (example, secrets, madeBy) => {
    choose(example, secrets);
    const { objects, overview } = await build();
    const { needed, choice } = overview;
    expect(choice).toBe(secrets);
    const declared = neededSecrets(objects).map(({ name }) => name);
    expect(declared.length).toBeGreaterThan(3);
    expect(needed.filter(({ name }) => declared.includes(name)).map((row) => row.madeBy)).toEqual(
      declared.map(() => madeBy),
    );
  });

  test('a bucket claim creates that of the object store, and a person has nothing to do', async () => {
    choose('example-openshift-minimal', 'generated');
    const { objects, overview } = await build();
    const { needed } = overview;
    const claimed = needed.find(({ name }) => comesWithBucket(objects, name));
    expect(claimed).toMatchObject({ madeBy: `ObjectBucketClaim ${claimed?.name}` });
    expect(needed.filter(({ todo }) => todo)).toEqual([]);
    expect(overviewText('north', overview).join('\n')).toContain('A person has nothing to do.');
  });

  test('a person creates the certificate of an Ingress, or cert-manager does', async () => {
    choose('example-kubernetes-minimal', 'generated');
    expect((await build()).rowOf('koku-gateway-tls')).toMatchObject({
      madeBy: 'a person',
      keys: ['tls.crt', 'tls.key'],
    });
    change(
      (text) => `${text}patches:
  - target: { kind: Ingress }
    patch: '[{ "op": "add", "path": "/metadata/annotations/cert-manager.io~1cluster-issuer", "value": "ours" }]'
`,
    );
    expect((await build()).rowOf('koku-gateway-tls')).toMatchObject({ madeBy: 'cert-manager' });
  });

  test('a person creates a pull Secret, from a file', async () => {
    choose('example-kubernetes-minimal', 'generated');
    change((text) => text.replace(/( +- )(\S*)overlays\/secrets/, '$1$2overlays/options/image-pull-secret\n$&'));
    const { todo = '' } = (await build()).rowOf('image-pull-secret') ?? {};
    expect(todo).toContain('--type=kubernetes.io/dockerconfigjson');
    expect(todo).toContain('--from-file=.dockerconfigjson=./dockerconfigjson');
  });
});

describe('what a person must do', () => {
  test('existing: a command with random values of the declared lengths for our servers', async () => {
    choose('example-kubernetes-minimal', 'existing');
    const out = bash((await build()).rowOf('object-storage')?.todo ?? '');
    expect(out).toMatch(
      /^-n\ncost-onprem\ncreate\nsecret\ngeneric\nobject-storage\n--from-file=AWS_ACCESS_KEY_ID=[A-Za-z0-9]{20}\n--from-file=AWS_SECRET_ACCESS_KEY=[A-Za-z0-9]{40}\n$/,
    );
  });

  test.each(['existing', 'generated'])(
    '%s: a command that asks for the values of an external server',
    async (choice) => {
      choose('example-kubernetes-external', choice);
      const out = bash((await build()).rowOf('object-storage')?.todo ?? '', 'the id\n$ecret "quoted" \\n\n');
      expect(out).toContain('--from-file=AWS_ACCESS_KEY_ID=the id\n');
      expect(out).toContain('--from-file=AWS_SECRET_ACCESS_KEY=$ecret "quoted" \\n\n');
    },
  );

  test('external: the entry and the properties of the store', async () => {
    choose('example-kubernetes-minimal', 'external');
    expect((await build()).rowOf('valkey-credentials')?.todo).toBe(
      'Put into the store, with 32 random letters and digits:\nClusterSecretStore cost-onprem: entry valkey-credentials, property password',
    );
    choose('example-kubernetes-external', 'external');
    expect((await build()).rowOf('kafka-credentials')?.todo).toContain('see overlays/secrets/external/README.md');
  });

  test('sealed: one command for all, and one that takes the values of external servers', async () => {
    choose('example-kubernetes-external', 'sealed');
    const { overview, rowOf } = await build();
    expect(rowOf('koku-django')).toMatchObject({ todo: 'npm run seal -- north' });
    expect(rowOf('kafka-credentials')?.todo).toMatch(
      /^npm run seal -- north --supply\n.*kafka-credentials\/password=<value>/,
    );
    const text = overviewText('north', overview).join('\n');
    expect(text.split('\n').filter((line) => line === 'npm run seal -- north')).toHaveLength(1);
  });
});

test('optional Secrets come last, only those that something reads', async () => {
  choose('example-kubernetes-minimal', 'generated');
  const objects = await buildUnchecked(root, 'north');
  expect(readersOf(objects, optional.name)).not.toEqual([]);
  const unread = optionalSecret('unread', 'of nothing', { key: 'value' });
  const listed = overviewOf(objects, 'north', [optional, unread]);
  expect(listed.optional.map(({ name }) => name)).toEqual([optional.name]);
  const lines = overviewText('north', listed);
  expect(lines.indexOf('# koku-aws: a cloud')).toBeGreaterThan(lines.indexOf('Optional, and no pod waits for one:'));
  const file = optionalSecret('a-file', 'a key', { 'key-file': 'key file, JSON' });
  expect(createOptional(file)).toContain('--from-file=key-file=./key-file');
});

test('an unknown cluster is refused', async () => {
  choose('example-kubernetes-minimal', 'generated');
  await expect(buildUnchecked(root, 'nort')).rejects.toThrow('clusters/nort: does not exist; did you mean north?');
});
