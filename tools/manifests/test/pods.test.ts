/** Reads small objects of each kind. */
import { describe, expect, test } from 'vitest';
import { holdsData } from '../src/data-holders.ts';
import { disksOf } from '../src/disks.ts';
import { configMapNamed, withoutHash } from '../src/hash-suffix.ts';
import { podTemplateOf, type Manifest } from '../src/manifest.ts';
import { imagesOf, madeOf, podsOf } from '../src/pods.ts';

const object = (type: string, spec: object = {}, labels: Readonly<Record<string, string>> = {}): Manifest => {
  const [apiVersion = '', kind = ''] = type.split(' ');
  return { apiVersion, kind, metadata: { name: 'shop', labels }, spec: { ...spec } };
};

const template = (image: string) => ({
  metadata: { labels: { app: 'shop' } },
  spec: { containers: [{ name: 'a', image }] },
});
const resources = { requests: { cpu: '1', memory: '1Gi' } };

describe('pods of a template', () => {
  test.each([
    ['apps/v1 Deployment', { replicas: 3, template: template('shop:1') }, 3],
    ['apps/v1 StatefulSet', { template: template('shop:1') }, 1],
    ['batch/v1 Job', { template: template('shop:1') }, 0],
    ['batch/v1 CronJob', { jobTemplate: { spec: { template: template('shop:1') } } }, 0],
  ])('%s', (type, spec, replicas) => {
    expect(podsOf(object(type, spec))).toMatchObject([{ replicas, labels: { app: 'shop' } }]);
    expect(imagesOf(object(type, spec))).toEqual(['shop:1']);
  });

  test('a Pod is its own template', () => {
    expect(podTemplateOf(object('v1 Pod', template('shop:1').spec))?.spec.containers).toHaveLength(1);
  });

  test('a kind of another group is another kind', () => {
    expect(podTemplateOf(object('example.com/v1 Deployment', { template: template('shop:1') }))).toBeUndefined();
  });
});

describe('objects of an operator', () => {
  const pool = object(
    'kafka.strimzi.io/v1 KafkaNodePool',
    { replicas: 3, resources, storage: { type: 'jbod', volumes: [{ id: 0, size: '8Gi' }, { id: 1 }] } },
    { 'strimzi.io/cluster': 'kafka' },
  );
  const database = object('postgresql.cnpg.io/v1 Cluster', {
    instances: 2,
    imageName: 'postgresql:16',
    resources,
    storage: { size: '20Gi' },
    walStorage: { size: '5Gi' },
  });

  test('a pool has a pod for each node, with the labels by which Strimzi selects them', () => {
    expect(podsOf(pool)).toMatchObject([
      {
        replicas: 3,
        labels: { 'strimzi.io/pool-name': 'shop', 'strimzi.io/name': 'kafka-kafka' },
        spec: { containers: [{ resources }] },
      },
    ]);
  });

  test('a database has a pod for each instance, and may name its image', () => {
    expect(podsOf(database)).toMatchObject([
      { replicas: 2, labels: { 'cnpg.io/cluster': 'shop' }, spec: { containers: [{ resources }] } },
    ]);
    expect(imagesOf(database)).toEqual(['postgresql:16']);
  });

  test('a Kafka has the pod of the operators that it asks for, and none without them', () => {
    const kafka = (entityOperator: object) => object('kafka.strimzi.io/v1 Kafka', { entityOperator });
    expect(podsOf(kafka({ topicOperator: { resources }, userOperator: {} }))).toMatchObject([
      { replicas: 1, spec: { containers: [{ name: 'topic-operator', resources }, { name: 'user-operator' }] } },
    ]);
    expect(podsOf(kafka({}))).toEqual([]);
  });

  test('each pod has its disks, and a disk without a size is one', () => {
    const disks = (of: Manifest) => disksOf(of).map(({ where, size, copies }) => [where, size, copies]);
    expect(disks(pool)).toEqual([
      ['spec.storage, volume 0,', '8Gi', 3],
      ['spec.storage, volume 1,', undefined, 3],
    ]);
    expect(disks(database)).toEqual([
      ['spec.storage', '20Gi', 2],
      ['spec.walStorage', '5Gi', 2],
    ]);
  });

  test('others may refer to what the operator creates from it', () => {
    expect(madeOf(database)).toContainEqual({ kind: 'Service', name: 'shop-rw' });
  });

  test('holds data, unlike a kind of the same name in another group', () => {
    expect([pool, database].map(holdsData)).toEqual([true, true]);
    expect(holdsData(object('cluster.x-k8s.io/v1 Cluster'))).toBe(false);
  });
});

describe('the hash that ends a generated name', () => {
  test('is removed, and a word of ten letters is not a hash', () => {
    expect(withoutHash('koku-settings-9f4k7g2htm')).toBe('koku-settings');
    expect(withoutHash('koku-celery-worker-subs-extraction')).toBe('koku-celery-worker-subs-extraction');
  });

  test('is not part of the name of a ConfigMap in a search', () => {
    const generated: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'public-9f4k7g2htm' } };
    expect(configMapNamed([generated], 'public')).toBe(generated);
    expect(configMapNamed([generated], 'publ')).toBeUndefined();
  });
});
