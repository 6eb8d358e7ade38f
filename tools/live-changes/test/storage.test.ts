import { describe, expect, test } from 'vitest';
import { refusedChanges } from '../src/refused.ts';
import { changing, changingSpec, losing, object } from './manifests.ts';

const claim = 'v1 PersistentVolumeClaim';
const size = (storage: string) => ({ resources: { requests: { storage } } });

describe('a claim', () => {
  test('cannot shrink', () => {
    expect(changingSpec(claim, size('50Gi'), size('20Gi'))).toEqual([
      'PersistentVolumeClaim/x shrinks from 50Gi to 20Gi; a claim can only grow: keep 50Gi in overlays/storage',
    ]);
  });

  test('names the place of its size', () => {
    const sized = (storage: string) => [object(claim, { spec: size(storage) })];
    expect(refusedChanges(sized('1Ti'), sized('1000Gi'), () => 'what the disk needs')).toEqual([
      {
        object: 'PersistentVolumeClaim/x',
        sentence: 'PersistentVolumeClaim/x shrinks from 1Ti to 1000Gi; a claim can only grow: keep what the disk needs',
      },
    ]);
  });

  test.each([
    ['20Gi', '50Gi'],
    ['1Gi', '1024Mi'],
    ['1G', '1Gi'],
  ])('may go from %s to %s', (from, to) => {
    expect(changingSpec(claim, size(from), size(to))).toEqual([]);
  });

  test.each([
    ['storageClassName', 'slow', 'fast'],
    ['volumeName', 'one', 'other'],
    ['volumeMode', 'Filesystem', 'Block'],
  ])('keeps its %s', (field, from, to) => {
    expect(changingSpec(claim, { [field]: from }, { [field]: to })).toEqual([
      `PersistentVolumeClaim/x changes spec.${field} from ${from} to ${to}; Kubernetes does not change this field of a claim: restore it, or copy the data to a claim of another name`,
    ]);
  });

  test('keeps its access modes and its selector', () => {
    expect(changingSpec(claim, { accessModes: ['ReadWriteOnce'] }, { accessModes: ['ReadWriteMany'] })).toEqual([
      expect.stringContaining('changes spec.accessModes.0 from ReadWriteOnce to ReadWriteMany'),
    ]);
    expect(changingSpec(claim, {}, { selector: { matchLabels: { a: 'b' } } })).toEqual([
      expect.stringContaining('sets spec.selector to {"matchLabels":{"a":"b"}}'),
    ]);
  });

  test('keeps its class, named or not', () => {
    expect(changingSpec(claim, {}, { storageClassName: 'fast' })).toEqual([
      expect.stringContaining('sets spec.storageClassName to fast'),
    ]);
    expect(changingSpec(claim, { storageClassName: 'fast' }, {})).toEqual([
      expect.stringContaining('drops spec.storageClassName, which was fast'),
    ]);
  });

  test('may name its default mode, and change its attributes', () => {
    expect(changingSpec(claim, {}, { volumeMode: 'Filesystem' })).toEqual([]);
    expect(changingSpec(claim, { volumeAttributesClassName: 'a' }, { volumeAttributesClassName: 'b' })).toEqual([]);
  });

  test('cannot change by being recreated, because that would lose its data', () => {
    const annotations = { 'argocd.argoproj.io/sync-options': 'Force=true,Replace=true' };
    const named = (volumeName: string) => ({ annotations, spec: { volumeName } });
    expect(changing(claim, named('one'), named('other'))).toHaveLength(1);
  });
});

describe('a volume', () => {
  const volume = 'v1 PersistentVolume';
  const nfs = (server: string) => ({ nfs: { server, path: '/' } });
  const affinity = (zone: string) => ({ nodeAffinity: { required: { zone } } });

  test('keeps its source, its mode and an existing affinity', () => {
    expect(changingSpec(volume, nfs('one'), nfs('other'))).toEqual([
      'PersistentVolume/x changes spec.nfs.server from one to other; Kubernetes does not change this field of a volume: restore it, or add a volume of another name',
    ]);
    expect(changingSpec(volume, {}, { volumeMode: 'Block' })).toHaveLength(1);
    expect(changingSpec(volume, affinity('a'), affinity('b'))).toHaveLength(1);
  });

  test('may get an affinity and change its reclaim policy and mount options', () => {
    expect(changingSpec(volume, {}, affinity('a'))).toEqual([]);
    const use = (policy: string) => ({ persistentVolumeReclaimPolicy: policy, mountOptions: [policy] });
    expect(changingSpec(volume, use('Delete'), use('Retain'))).toEqual([]);
  });
});

describe('a StorageClass', () => {
  const type = 'storage.k8s.io/v1 StorageClass';

  test.each([
    ['provisioner', 'one', 'other'],
    ['reclaimPolicy', undefined, 'Retain'],
    ['volumeBindingMode', 'Immediate', 'WaitForFirstConsumer'],
  ])('keeps its %s', (field, from, to) => {
    expect(changing(type, { [field]: from }, { [field]: to })).toEqual([
      expect.stringContaining(`StorageClass/x changes ${field} from `),
    ]);
  });

  test('keeps its parameters', () => {
    expect(changing(type, { parameters: { type: 'gp2' } }, { parameters: { type: 'gp3' } })).toEqual([
      expect.stringContaining('changes parameters.type from gp2 to gp3'),
    ]);
  });

  test('may allow its claims to grow', () => {
    expect(changing(type, {}, { allowVolumeExpansion: true, reclaimPolicy: 'Delete' })).toEqual([]);
  });
});

describe('a database cluster', () => {
  const type = 'postgresql.cnpg.io/v1 Cluster';

  test.each(['storage', 'walStorage'])('cannot shrink its %s', (field) => {
    expect(changingSpec(type, { [field]: { size: '50Gi' } }, { [field]: { size: '20Gi' } })).toEqual([
      `Cluster/x shrinks spec.${field} from 50Gi to 20Gi; a claim can only grow: keep 50Gi in overlays/storage`,
    ]);
    expect(changingSpec(type, { [field]: { size: '20Gi' } }, { [field]: { size: '50Gi' } })).toEqual([]);
  });

  test('keeps its volume of logs, or may get one', () => {
    expect(changingSpec(type, { walStorage: { size: '1Gi' } }, {})).toEqual([
      expect.stringContaining('drops spec.walStorage'),
    ]);
    expect(changingSpec(type, {}, { walStorage: { size: '1Gi' } })).toEqual([]);
  });
});

describe('a Kafka node pool', () => {
  const type = 'kafka.strimzi.io/v1beta2 KafkaNodePool';
  const disk = (fields: object) => ({ storage: { type: 'persistent-claim', size: '20Gi', ...fields } });
  const disks = (...volumes: readonly object[]) => ({ storage: { type: 'jbod', volumes } });
  const first = { id: 0, type: 'persistent-claim', size: '20Gi' };

  test('cannot shrink its storage', () => {
    expect(changingSpec(type, disk({}), disk({ size: '10Gi' }))).toEqual([
      'KafkaNodePool/x shrinks spec.storage, volume 0, from 20Gi to 10Gi; a claim can only grow: keep 20Gi in overlays/storage',
    ]);
    expect(changingSpec(type, disks(first), disks({ ...first, size: '10Gi' }))).toHaveLength(1);
    expect(changingSpec(type, disks(first), disks({ ...first, size: '30Gi' }, { ...first, id: 1 }))).toEqual([]);
  });

  test('keeps the type and the class of its storage', () => {
    expect(changingSpec(type, disk({ class: 'slow' }), disk({ class: 'fast' }))).toEqual([
      expect.stringContaining('changes spec.storage.class of volume 0 from slow to fast; Strimzi ignores this'),
    ]);
    expect(changingSpec(type, disk({}), disks(first))).toEqual([
      expect.stringContaining('changes spec.storage.type from persistent-claim to jbod; Strimzi ignores this'),
    ]);
  });

  test('may lose a volume only if its claim stays', () => {
    const second = { ...first, id: 1 };
    expect(changingSpec(type, disks(first, { ...second, deleteClaim: true }), disks(first))).toEqual([
      expect.stringContaining('drops spec.storage, volume 1, and deletes its data'),
    ]);
    expect(changingSpec(type, disks(first, second), disks(first))).toEqual([]);
  });
});

describe('an object that disappears', () => {
  const options = (value: string) => ({ annotations: { 'argocd.argoproj.io/sync-options': value } });
  const holders = [
    claim,
    'objectbucket.io/v1alpha1 ObjectBucketClaim',
    'kafka.strimzi.io/v1beta2 Kafka',
    'kafka.strimzi.io/v1beta2 KafkaNodePool',
    'postgresql.cnpg.io/v1 Cluster',
    'v1 Namespace',
  ];

  test.each(holders)('holds data and needs a guard: %s', (type) => {
    expect(losing(type)).toEqual([
      `${type.split(' ')[1]}/x disappears, so Argo CD would delete it with its data; keep it, or first sync it with the annotation argocd.argoproj.io/sync-options: Prune=confirm`,
    ]);
  });

  test.each(['Prune=confirm', 'Prune=false', 'Delete=confirm, Prune=confirm'])('is guarded by %s', (value) => {
    for (const type of holders) expect(losing(type, options(value))).toEqual([]);
  });

  test('is not guarded by another option', () => {
    expect(losing(claim, options('Delete=confirm,PruneLast=true'))).toHaveLength(1);
  });

  test.each(['v1 ConfigMap', 'apps/v1 Deployment', 'apps/v1 StatefulSet', 'cluster.x-k8s.io/v1 Cluster'])(
    'holds no data: %s',
    (type) => expect(losing(type)).toEqual([]),
  );

  test('deletes its claims', () => {
    const spec = { volumeClaimTemplates: [{}], persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } };
    expect(losing('apps/v1 StatefulSet', { spec })).toHaveLength(1);
    expect(losing('apps/v1 StatefulSet', { spec: { volumeClaimTemplates: [{}] } })).toEqual([]);
  });

  test('counts as another object in another namespace', () => {
    const inside = (namespace: string) => ({ ...object(claim), metadata: { name: 'x', namespace } });
    expect(refusedChanges([inside('a')], [inside('b')])).toHaveLength(1);
    expect(refusedChanges([inside('a')], [inside('a')])).toEqual([]);
  });
});
