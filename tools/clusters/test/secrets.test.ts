/** Every source of a cluster's Secrets creates all that the cluster needs. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectStorageCredentials, secrets } from '@cost-onprem/contracts';
import type { SecretDeclaration } from '@cost-onprem/kit';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadApplications } from '../../repository/src/applications.ts';
import { kustomizeBuild } from '../../manifests/src/kustomize.ts';
import { containersOf, identity, podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import { keysBrought, mayBeRandom, neededSecrets, readersOf, secretsToMake } from '../../manifests/src/secrets.ts';
import { repository } from '../../repository/src/repository.ts';
import { readOverlays } from '../src/overlays.ts';
import { renderCluster } from '../src/render.ts';
import { exampleNames, exampleText } from '../../scratch/src/examples.ts';
import { renderChanged, withChanged } from './with-option.ts';
import { optionalSecrets } from '../../repository/src/declarations.ts';
import { awsCredentials, gcpCredentials } from '../../../libs/koku/src/optional-secrets.ts';

const choices = readOverlays(repository).secrets;

const choose = (choice: string) => (text: string) =>
  text.replace(/overlays\/secrets\/\w+/, `overlays/secrets/${choice}`);

const namesOf = (declared: readonly SecretDeclaration[]): readonly string[] => declared.map(({ name }) => name);

const ofKind = (objects: readonly Manifest[], kind: string): readonly string[] =>
  objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);

const bases = (await loadApplications()).flatMap((application) => Object.values(application.bases));

test('a base creates every declared Secret, or asks a person for it, except these', () => {
  const known = new Set(namesOf(bases.flatMap(({ makes = [], asksFor = [] }) => [...makes, ...asksFor])));
  expect(namesOf(secrets).filter((name) => !known.has(name))).toEqual([]);
});

test('optional Secrets are declared apart from required ones', () => {
  const must = namesOf(secrets);
  expect(optionalSecrets.filter(({ name }) => must.includes(name))).toEqual([]);
});

describe.for(exampleNames)('cluster %s', (cluster) => {
  let asItIs: readonly Manifest[] = [];
  beforeAll(async () => {
    asItIs = (await renderChanged(cluster, (text) => text)).objects;
  });

  test('optional Secrets have readers, and no check requires them', () => {
    for (const { name } of optionalSecrets) {
      expect(readersOf(asItIs, name)).not.toEqual([]);
      expect(namesOf(neededSecrets(asItIs))).not.toContain(name);
    }
  });

  test('only the clients of a cloud get its keys, in either layout of the workers', () => {
    const names = (name: string) => readersOf(asItIs, name).map(({ metadata }) => metadata.name);
    const expected = ['koku-api-writes', 'koku-masu', 'koku-celery-worker-default', 'koku-celery-worker-priority'];
    const fetches = names('koku-django').filter((name) => /worker-(download|refresh)(-xl|-penalty)?$/.test(name));
    for (const { name } of [awsCredentials, gcpCredentials])
      expect(names(name).toSorted()).toEqual([...expected, ...fetches].toSorted());
  });

  test('a client of AWS never gets the object store’s keys, nor the store’s client those of AWS', () => {
    const given = asItIs
      .flatMap((object) => containersOf(podTemplateOf(object)?.spec ?? {}))
      .flatMap(({ env = [] }) => env)
      .flatMap(({ name, valueFrom }) =>
        valueFrom?.secretKeyRef ? [[name, valueFrom.secretKeyRef.name] as const] : [],
      );
    const from = (secret: string) => new Set(given.filter(([, other]) => other === secret).map(([name]) => name));
    expect(from(awsCredentials.name)).toEqual(new Set(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']));
    const store = from(objectStorageCredentials.name);
    expect([...store].filter((name) => from(awsCredentials.name).has(name))).toEqual([]);
    expect(store.has('S3_ACCESS_KEY') && store.has('S3_SECRET')).toBe(true);
  });

  test('generated: the Job creates every Secret that the cluster needs, and no other', async () => {
    const { objects } = await renderChanged(cluster, choose('generated'));
    const needed = secretsToMake(objects).filter((declared) => mayBeRandom(objects, declared));
    // An external server's password is external too, although the base of our server creates one.
    const elsewhere = /overlays\/options\/external-(?:postgresql|redis)/.test(exampleText(cluster));
    const asked = namesOf(bases.flatMap(({ asksFor = [], makes = [] }) => [...asksFor, ...(elsewhere ? makes : [])]));
    const ofOthers = namesOf(secretsToMake(objects).filter((declared) => !mayBeRandom(objects, declared)));
    expect(ofOthers.filter((name) => !asked.includes(name))).toEqual([]);
    const job = objects.find((object) => identity(object) === 'Job/secrets-generate') as Manifest;
    const mounted = podTemplateOf(job)?.spec?.volumes?.flatMap(({ projected }) => projected?.sources ?? []) ?? [];
    const present = mounted.flatMap(({ configMap }) =>
      objects.filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMap?.name),
    );
    const told = Object.assign({}, ...present.map(({ data }) => data)) as Readonly<Record<string, string>>;
    const lines = ({ lengths }: SecretDeclaration) =>
      Object.entries(lengths)
        .map(([key, length]) => `${key} ${length}\n`)
        .join('');
    expect(told).toEqual(Object.fromEntries(needed.map((declared) => [declared.name, lines(declared)])));
  });

  test('external: one ExternalSecret for each, with all keys', async () => {
    // The password of an external Kafka needs the cluster's own ExternalSecret.
    const plainKafka = (changed: string) => changed.replace(/^( {6}- host=kafka.*\n)(?: {6}- .*\n)*/m, '$1');
    const { objects } = await renderChanged(cluster, (original) => plainKafka(choose('external')(original)));
    const needed = secretsToMake(objects);
    expect(ofKind(objects, 'ExternalSecret').toSorted()).toEqual(namesOf(needed).toSorted());
    for (const { name, lengths } of needed)
      expect(keysBrought(objects, 'ExternalSecret', name)).toEqual(Object.keys(lengths));
  });

  test('sealed: a cluster without its SealedSecrets is refused, and the error names each missing one', async () => {
    const needed = namesOf(secretsToMake(asItIs));
    const refusal = await renderChanged(cluster, choose('sealed')).then(
      () => 'nothing',
      (error: Error) => error.message,
    );
    const named = [...refusal.matchAll(/: Secret\/(\S+) is needed by .+, but no SealedSecret creates its .+/g)];
    expect(named.map(([, name]) => name).toSorted()).toEqual(needed.toSorted());
  });

  test('existing: no object creates a Secret', async () => {
    const { objects } = await renderChanged(cluster, choose('existing'));
    expect([...ofKind(objects, 'ExternalSecret'), ...ofKind(objects, 'SealedSecret')]).toEqual([]);
    expect(ofKind(objects, 'Job')).not.toContain('secrets-generate');
  });
});

test('with an external Kafka that requires a password its Secret is needed, and the store can provide it', async () => {
  const { objects } = await renderChanged(
    'example-kubernetes-minimal',
    (text) =>
      `${choose('external')(text)
        .replace('overlays/kafka/single-node', 'overlays/kafka/external')
        .replace(/^components:/m, '  - ../../overlays/secrets/external/kafka-credentials\n$&')}  - name: kafka-endpoint
    behavior: merge
    literals: [host=kafka.example.com, security-protocol=SASL_PLAINTEXT, sasl-mechanism=PLAIN, sasl-username=koku]
`,
  );
  expect(namesOf(neededSecrets(objects))).toContain('kafka-credentials');
  expect(ofKind(objects, 'ExternalSecret')).toContain('kafka-credentials');
});

test('a cluster’s own ExternalSecrets stay with choices that use none', async () => {
  const own = `  - own.yaml\n`;
  const { objects } = await withChanged(
    'example-kubernetes-minimal',
    (text) => text.replace(/^components:/m, `${own}$&`),
    async (root) => {
      writeFileSync(
        join(root, 'clusters/example-kubernetes-minimal/own.yaml'),
        'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata:\n  name: pull-secret\n  annotations: { argocd.argoproj.io/sync-options: "Prune=confirm,Delete=confirm" }\n',
      );
      return renderCluster('example-kubernetes-minimal', root);
    },
  );
  expect(ofKind(objects, 'ExternalSecret')).toEqual(['pull-secret']);
});

test.for(choices.filter((choice) => choice !== 'generated'))(
  'generated and %s abort in plain kustomize build, as they would in Argo CD',
  async (other) => {
    const both = (text: string) =>
      text.replace(/^.*overlays\/secrets\/generated.*\n/m, `$&  - ../../overlays/secrets/${other}\n`);
    await withChanged('example-kubernetes-minimal', both, (root) =>
      expect(kustomizeBuild(join(root, 'clusters/example-kubernetes-minimal'))).rejects.toThrow(/secrets-choice/),
    );
  },
);
