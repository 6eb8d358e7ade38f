/** What a cluster with the option `without-resource-optimization` still has: nothing that only ROS and Kruize need. */
import { join } from 'node:path';
import { buckets, databases, kafkaTopics, optionalBuckets } from '@cost-onprem/contracts';
import { onlyForLabel, settingsOf, workloadsOf, type Purpose } from '@cost-onprem/kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kustomizeBuild } from '../../manifests/src/kustomize.ts';
import { identity, parseManifests, type Manifest } from '../../manifests/src/manifest.ts';
import { neededSecrets } from '../../manifests/src/secrets.ts';
import { loadApplications } from '../../repository/src/applications.ts';
import { renderCluster } from '../src/render.ts';
import { writeCluster } from './chosen-cluster.ts';
import { scratchRepository } from './scratch.ts';

const purpose: Purpose = 'resource-optimization';
const option = `options/without-${purpose}`;
const [[key, value] = ['', '']] = Object.entries(onlyForLabel(purpose));

const { root, remove } = scratchRepository();
afterAll(remove);

const common = ['stacks/without-trino', 'storage/minimal', 'profiles/minimal'];

/** Every choice of Secrets, Kafka and object storage at least once. */
const clusters = [
  ['secrets/generated', 'kafka/single-node', 'object-storage/embedded', 'platforms/kubernetes'],
  [
    'secrets/existing',
    'kafka/strimzi',
    'object-storage/external',
    'platforms/kubernetes',
    'options/external-postgresql',
  ],
  ['secrets/external', 'kafka/external', 'object-storage/odf', 'platforms/openshift', 'options/sources-api'],
  ['secrets/sealed', 'kafka/strimzi', 'object-storage/embedded', 'platforms/openshift', 'options/without-monitoring'],
] as const;

/** Without the checks, because the combinations of options run them. */
const objectsOf = async (name: string): Promise<readonly Manifest[]> =>
  parseManifests(await kustomizeBuild(join(root, 'clusters', name)));

const applications = await loadApplications();

/** All names of what is there for the purpose, from the declarations. */
const names: readonly string[] = [
  ...applications.flatMap((application) =>
    application.onlyFor === purpose ? workloadsOf(application).map(({ name }) => name) : [],
  ),
  ...databases.flatMap(({ name, credentials, claim, address, onlyFor }) =>
    onlyFor === purpose ? [name, credentials.name, claim, address.configMap.name] : [],
  ),
  ...kafkaTopics.flatMap(({ name, onlyFor }) => (onlyFor === purpose ? [name] : [])),
  ...Object.entries(buckets).flatMap(([bucket, name]) =>
    optionalBuckets[bucket as keyof typeof buckets] === purpose ? [name] : [],
  ),
];

/** An object without what may name something that is not there: optional sources of files, and the labels of paths. */
const demands = (object: Manifest): string =>
  JSON.stringify(object, (field, inner: unknown) => {
    if (field.startsWith('reaches.')) return undefined;
    return inner && typeof inner === 'object' && 'optional' in inner && inner.optional === true ? undefined : inner;
  });

/**
 * What only watches may name what is not there: the exporter skips missing topics, alerts find no series, and the platform's
 * policy opens the ports of all applications by their names.
 */
const watches = ({ kind, metadata: { name, labels = {} } }: Manifest): boolean =>
  kind === 'PrometheusRule' || name === 'allow-prometheus' || labels[key] === 'monitoring';

const mentions = (object: Manifest): readonly string[] =>
  names.filter((name) =>
    new RegExp(`(?<![\\w-])${name.replaceAll('.', String.raw`\.`)}(?![\\w-])`).test(demands(object)),
  );

describe.for(clusters.map((choices) => [choices.join(' '), [...common, ...choices]] as const))('%s', ([, choices]) => {
  let before: readonly Manifest[] = [];
  let after: readonly Manifest[] = [];

  beforeAll(async () => {
    const folder = `cluster-${clusters.findIndex(([secrets]) => choices.includes(secrets))}`;
    await writeCluster(root, folder, new Set(choices));
    await writeCluster(root, `${folder}-without`, new Set([...choices, option]));
    before = await objectsOf(folder);
    after = await objectsOf(`${folder}-without`);
  });

  test('no object names a workload, a database, a Secret, a topic or a bucket of the purpose', () => {
    const others = after.filter((object) => !watches(object));
    const faults = others.flatMap((object) => mentions(object).map((name) => `${identity(object)} names ${name}`));
    expect(faults).toEqual([]);
    expect(before.flatMap(mentions).length).toBeGreaterThan(names.length);
  });

  test('only objects with the label go, and all of them', () => {
    const ofPurpose = ({ metadata }: Manifest) => metadata.labels?.[key] === value;
    expect(after.filter(ofPurpose)).toEqual([]);
    const left = new Set(after.map(identity));
    const gone = before.filter((object) => !left.has(identity(object)));
    expect(gone.filter((object) => !ofPurpose(object) && object.kind !== 'SealedSecret').map(identity)).toEqual([
      // Its hash is another one.
      expect.stringMatching(/^ConfigMap\/koku-settings-/),
    ]);
  });

  test('no Secret of the purpose is needed', () => {
    const needed = neededSecrets(after).map(({ name }) => name);
    expect(needed.filter((name) => names.includes(name))).toEqual([]);
    expect(needed.length).toBeGreaterThan(0);
  });

  test('Koku announces no file, and its bucket for files cannot exist', () => {
    const settings = after.find(({ metadata }) => metadata.name.startsWith('koku-settings'))?.data ?? {};
    expect(settings['DISABLE_ROS_MSG']).toBe('True');
    // The names that S3 allows, as boto3 checks them (tools/documentation/facts/koku.md#files-for-the-resource-optimisation).
    expect(settings['REQUESTED_ROS_BUCKET']).not.toMatch(/^[a-zA-Z0-9.\-_]{1,255}$/);
  });
});

test('a cluster with the option may not merge into ConfigMaps that the option removes: addresses and settings', async () => {
  const removed = [
    ...databases.flatMap(({ address, onlyFor }) => (onlyFor === purpose ? [address.configMap.name] : [])),
    ...applications
      .flatMap((application) => settingsOf(application))
      .flatMap((each) => (each.onlyFor === purpose ? [each.name] : [])),
  ];
  expect(removed.length).toBeGreaterThan(2);
  await writeCluster(root, 'merging', new Set([...common, ...clusters[0], option]), {
    configMapGenerator: removed.map((name) => ({ name, behavior: 'merge', literals: ['some-key=some-value'] })),
  });
  for (const name of removed)
    await expect(renderCluster('merging', root)).rejects.toThrow(
      `sets some-key in ${name}, which overlays/${option} removes`,
    );
});
