/** Seals with the real kubeseal and a test certificate, and decrypts with its key, as a controller would. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { format } from 'prettier';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { binary } from '../../binaries/src/binary.ts';
import { schemaFaults } from '../../clusters/src/kubeconform.ts';
import { renderCluster } from '../../clusters/src/render.ts';
import { scratchRepository } from '../../clusters/test/scratch.ts';
import { neededSecrets } from '../../manifests/src/secrets.ts';
import { copyEnvironment, copyRepository } from '../../scratch/src/copy.ts';
import { writeExample } from '../../scratch/src/examples.ts';
import { sealCluster } from '../src/seal-cluster.ts';
import type { SealRequest } from '../src/sealing.ts';

const { root, remove } = scratchRepository();
const keys = mkdtempSync(join(tmpdir(), 'seal-'));
const [cert, key] = [join(keys, 'certificate.pem'), join(keys, 'key.pem')];
let kubeseal: string;

beforeAll(async () => {
  // The first build may take minutes.
  kubeseal = await binary('kubeseal');
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-subj', '/CN=sealed-secrets'],
    { stdio: 'ignore' },
  );
}, 600_000);
afterAll(() => {
  remove();
  rmSync(keys, { recursive: true });
});

const folder = join(root, 'clusters/north');
const file = join(folder, 'sealed-secrets.yaml');
const kustomization = join(folder, 'kustomization.yaml');

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  writeExample(root, 'example-kubernetes-minimal', 'north');
  change((text) => text.replace('overlays/secrets/generated', 'overlays/secrets/sealed'));
});

const change = (to: (text: string) => string): void =>
  writeFileSync(kustomization, to(readFileSync(kustomization, 'utf8')));

const sealNorth = (request: Partial<SealRequest> = {}) =>
  sealCluster(root, 'north', { rotate: [], given: {}, ...request }, { cert });

type Opened = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The Secrets that the controller would create from the file. */
const opened = (): Opened =>
  Object.fromEntries(
    (loadAll(readFileSync(file, 'utf8')) as readonly { readonly metadata: { readonly name: string } }[]).map(
      (object) => {
        const out = execFileSync(kubeseal, ['--recovery-unseal', '--recovery-private-key', key, '-o', 'json'], {
          input: JSON.stringify(object),
          encoding: 'utf8',
          stdio: ['pipe', 'pipe', 'ignore'],
        });
        const { data } = JSON.parse(out) as { readonly data: Readonly<Record<string, string>> };
        const values = Object.entries(data).map(([name, value]) => [name, Buffer.from(value, 'base64').toString()]);
        return [object.metadata.name, Object.fromEntries(values) as Readonly<Record<string, string>>];
      },
    ),
  );

const withKafka = (text: string): string =>
  `${text.replace('overlays/kafka/single-node', 'overlays/kafka/external')}  - name: kafka-endpoint
    behavior: merge
    literals: [host=kafka.example.com, security-protocol=SASL_PLAINTEXT, sasl-mechanism=PLAIN, sasl-username=koku]
`;

describe('seal', () => {
  test('generates all Secrets that the cluster needs, with the declared keys and lengths, and the cluster passes its checks', async () => {
    const { sealed } = await sealNorth();
    const { yaml, objects } = await renderCluster('north', root);
    expect(await schemaFaults(yaml)).toEqual([]);
    const needed = neededSecrets(objects);
    expect(sealed.toSorted()).toEqual(needed.map(({ name }) => name).toSorted());
    const values = opened();
    for (const { name, lengths } of needed)
      for (const [key_, length] of Object.entries<number>(lengths))
        expect(values[name]?.[key_]).toMatch(new RegExp(`^[A-Za-z0-9]{${length}}$`));
    const all = Object.values(values).flatMap((ofSecret) => Object.values(ofSecret));
    expect(new Set(all).size).toBe(all.length);
    const written = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(all.filter((value) => written.some((text) => text.includes(value)))).toEqual([]);
  });

  test('its Secrets outlive their SealedSecrets, and Argo CD asks before it prunes these', async () => {
    await sealNorth();
    const text = readFileSync(file, 'utf8');
    expect(text.match(/sealedsecrets\.bitnami\.com\/skip-set-owner-references: "true"/g)).toHaveLength(
      Object.keys(opened()).length,
    );
    expect(text).toContain('argocd.argoproj.io/sync-options: Prune=confirm,Delete=confirm');
  });

  test('leaves sealed values unchanged, in the formatter’s layout', async () => {
    await sealNorth();
    const [first, listing] = [readFileSync(file, 'utf8'), readFileSync(kustomization, 'utf8')];
    expect(await sealNorth()).toMatchObject({ sealed: [] });
    expect([readFileSync(file, 'utf8'), readFileSync(kustomization, 'utf8')]).toEqual([first, listing]);
    const layout = { parser: 'yaml', printWidth: 120 };
    expect([await format(first, layout), await format(listing, layout)]).toEqual([first, listing]);
  });

  test('--rotate gives one Secret new values and changes no other', async () => {
    await sealNorth();
    const [before, text] = [opened(), readFileSync(file, 'utf8').split('---\n')];
    expect(await sealNorth({ rotate: ['valkey-credentials'] })).toMatchObject({ sealed: ['valkey-credentials'] });
    const after = opened();
    expect(after['valkey-credentials']).not.toEqual(before['valkey-credentials']);
    const changed = readFileSync(file, 'utf8')
      .split('---\n')
      .filter((part, index) => part !== text[index]);
    expect(changed).toEqual([expect.stringContaining('name: valkey-credentials')]);
  });

  test('values of an external server are never generated', async () => {
    change(withKafka);
    await expect(sealNorth()).rejects.toThrow(
      'clusters/north/kustomization.yaml: needs values of an external server, kafka-credentials/password: pass them with --supply on standard input, one line kafka-credentials/password=<value> each',
    );
    expect(existsSync(file)).toBe(false);
    await sealNorth({ given: { 'kafka-credentials': { password: 'p@ss/w%rd$=' } } });
    expect(opened()['kafka-credentials']).toEqual({ password: 'p@ss/w%rd$=' });
    await expect(renderCluster('north', root)).resolves.toBeDefined();
  });

  test('existing values can be supplied, so that a running cluster keeps them', async () => {
    await sealNorth({ given: { 'valkey-credentials': { password: 'asBefore' } } });
    expect(opened()['valkey-credentials']).toEqual({ password: 'asBefore' });
  });
});

describe('seal refuses and writes nothing:', () => {
  test.for([
    [{ rotate: ['valkey'] }, 'does not need the Secret valkey; there are db-koku-credentials'],
    [{ given: { 'koku-django': { secret: 'x' } } }, 'does not need the key secret of the Secret koku-django; '],
  ] as const)('%j', async ([request, sentence]) => {
    await expect(sealNorth(request)).rejects.toThrow(`clusters/north/kustomization.yaml: ${sentence}`);
    expect(existsSync(file)).toBe(false);
  });

  test('a cluster that does not use Sealed Secrets', async () => {
    change((text) => text.replace('overlays/secrets/sealed', 'overlays/secrets/generated'));
    await expect(sealNorth()).rejects.toThrow('does not name ../../overlays/secrets/sealed in its components');
  });

  test('an invalid certificate, and keeps the existing file', async () => {
    await sealNorth();
    const text = readFileSync(file, 'utf8');
    const request = { rotate: ['koku-django', 'valkey-credentials'], given: {} };
    await expect(sealCluster(root, 'north', request, { cert: key })).rejects.toThrow(/^kubeseal: /);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

test('the command refuses a mistyped option, and --help lists the options', () => {
  const copy = copyRepository('seal');
  onTestFinished(copy.remove);
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(copy.root, 'tools/secrets/src/seal.ts'), ...args], {
      encoding: 'utf8',
      env: copyEnvironment,
    });
  expect(run('example-kubernetes-minimal', '--rotat=koku-django')).toMatchObject({
    status: 1,
    stderr: '--rotat=koku-django is not an option; --help lists the options\n',
  });
  expect(run('example-kubernetes-mini').stderr).toContain('did you mean example-kubernetes-minimal?');
  expect(run('--help').stdout).toContain('--supply');
});
