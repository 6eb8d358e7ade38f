/** Laws of data, Secrets, rights and the objects of operators. */
import { describe, expect, test } from 'vitest';
import type { Manifest, PodSpec } from '../../manifests/src/manifest.ts';
import { container, deployment, pod, sentences, sentencesWithin, service } from './shop.ts';

describe('claims', () => {
  const claim = (spec: Manifest['spec']): Manifest => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: 'data',
      annotations: { 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' },
    },
    ...(spec && { spec }),
  });

  test('a claim without a size is refused: the storage overlay forgot it', () => {
    expect(sentences(claim({ accessModes: ['ReadWriteOnce'] }))).toHaveLength(1);
    expect(sentences(claim({ resources: { requests: { storage: '1Gi' } } }))).toEqual([]);
  });

  test('a pod that mounts a claim which nothing provides is refused', () => {
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'elsewhere' } }];
    expect(sentences(deployment(pod({}, { volumes })))).toEqual([
      'Deployment/shop refers to PersistentVolumeClaim elsewhere, which nothing provides',
    ]);
  });
});

test('a bucket claim provides its Secret and its ConfigMap', () => {
  const claim: Manifest = {
    apiVersion: 'objectbucket.io/v1alpha1',
    kind: 'ObjectBucketClaim',
    metadata: {
      name: 'bucket',
      annotations: { 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' },
    },
  };
  const env = [
    { name: 'BUCKET', valueFrom: { configMapKeyRef: { name: 'bucket', key: 'BUCKET_NAME' } } },
    { name: 'KEY', valueFrom: { secretKeyRef: { name: 'bucket', key: 'AWS_ACCESS_KEY_ID' } } },
  ];
  expect(sentences(deployment(pod({ env })), claim)).toEqual([]);
  expect(sentences(deployment(pod({ env })))).toHaveLength(2);
});

describe('objects of an operator', () => {
  const database = (spec: object): Manifest => ({
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: {
      name: 'shop',
      annotations: { 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' },
    },
    spec: { resources: container.resources, storage: { size: '1Gi' }, ...spec },
  });

  test('its pods are bounded, its disks have a size, and an image that it names is pinned', () => {
    expect(sentences(database({ imageName: 'registry.example.com/postgresql:16.4' }))).toEqual([]);
    expect(sentences(database({ resources: {}, storage: {}, imageName: 'registry.example.com/postgresql' }))).toEqual([
      'Cluster/shop container postgres: has no request for cpu: the profile gives both, and comes last',
      'Cluster/shop container postgres: has no request for memory: the profile gives both, and comes last',
      'Cluster/shop container postgres: has no request for ephemeral-storage: the profile gives both, and comes last',
      'Cluster/shop container postgres: image registry.example.com/postgresql has no tag',
      'Cluster/shop has no size: the storage overlay gives it, and must name it',
    ]);
  });

  test('a Service may select its pods, but not those of another workload with them', () => {
    const primary = { 'cnpg.io/cluster': 'shop' };
    expect(sentences(database({}), service(primary))).toEqual([]);
    expect(sentences(database({}), deployment(pod(), 'shop', primary), service(primary))).toContain(
      'Service/shop selects Cluster/shop and Deployment/shop; it must select exactly one workload',
    );
  });

  test('other objects may refer to what it creates', () => {
    const route: Manifest = {
      apiVersion: 'route.openshift.io/v1',
      kind: 'Route',
      metadata: { name: 'shop' },
      spec: { to: { name: 'shop-rw' } },
    };
    const missing = (...objects: readonly Manifest[]) =>
      sentences(...objects).filter((sentence) => sentence.includes('which nothing provides'));
    expect(missing(route)).toHaveLength(1);
    expect(missing(route, database({}))).toEqual([]);
  });
});

describe('rights', () => {
  const role = (verbs: readonly string[]): Manifest =>
    ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'shop' },
      rules: [{ apiGroups: [''], resources: ['secrets'], verbs }],
    }) as Manifest;
  const binding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'shop' },
    roleRef: { kind: 'Role', name: 'shop' },
    subjects: [{ kind: 'ServiceAccount', name: 'shop' }],
  } as Manifest;
  const account: Manifest = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'shop' } };
  const { automountServiceAccountToken: _none, ...withToken } = pod({}, { serviceAccountName: 'shop' });

  test('a token is only for an account with a Role', () => {
    expect(sentences(deployment(withToken), account)).toEqual([
      'Deployment/shop mounts a token: set automountServiceAccountToken: false',
    ]);
    expect(sentences(deployment(withToken), account, binding, role(['create']))).toEqual([]);
  });

  test('a Role allows the creation of Secrets, and nothing else', () => {
    for (const verb of ['get', 'list', '*'])
      expect(sentences(role(['create', verb]))).toEqual([
        'Role/shop allows more than creating Secrets, the only right that the platform needs',
      ]);
    expect(sentences({ ...binding, roleRef: { kind: 'ClusterRole', name: 'edit' } } as Manifest, account)).toHaveLength(
      1,
    );
  });

  test('rights are for accounts of the cluster alone', () => {
    const to = (...subjects: readonly object[]) => sentences({ ...binding, subjects } as Manifest, account);
    expect(to({ kind: 'ServiceAccount', name: 'shop' })).toEqual([]);
    expect(to({ kind: 'User', name: 'jane' }, { kind: 'ServiceAccount', name: 'shop', namespace: 'other' })).toEqual([
      'RoleBinding/shop gives rights to User/jane: only ServiceAccounts of this cluster may have any',
      'RoleBinding/shop gives rights to ServiceAccount/shop of other: only ServiceAccounts of this cluster may have any',
    ]);
    expect(to({ kind: 'ServiceAccount', name: 'absent' })).toHaveLength(1);
  });

  test('a token is only for an account that a base creates, and no pod runs as the account of another', () => {
    const objects = [deployment(withToken), account, binding, role(['create'])];
    expect(sentencesWithin({ accountsOfBases: () => new Set() }, ...objects)).toEqual([
      'Deployment/shop mounts a token of shop, an account that no base of libs/ creates',
    ]);
    expect(
      sentences(...objects, deployment(pod({}, { serviceAccountName: 'shop' }), 'other', { app: 'other' })),
    ).toEqual(['Deployment/other runs as shop, the account of another application: use its own']);
    const volumes = [{ name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }];
    const projecting = pod({}, { volumes } as Partial<PodSpec>);
    expect(sentences(deployment(projecting))).toEqual([
      'Deployment/shop mounts a token by a volume: remove serviceAccountToken',
    ]);
  });
});

describe('Secrets', () => {
  const reader = deployment(
    pod({ env: [{ name: 'P', valueFrom: { secretKeyRef: { name: 'valkey-credentials', key: 'password' } } }] }),
  );
  const choice = (name: string): Manifest => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'secrets-choice-ghk2456789' },
    data: { choice: name },
  });
  const sealed = (...keys: readonly string[]): Manifest => ({
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: {
      name: 'valkey-credentials',
      annotations: { 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' },
    },
    spec: { encryptedData: Object.fromEntries(keys.map((key) => [key, 'AgB…'])) },
  });

  test('a missing Secret is reported by name, where the cluster’s choice creates Secrets in git', () => {
    expect(sentences(reader, choice('sealed'))).toEqual([
      'Secret/valkey-credentials is needed by Deployment/shop, but no SealedSecret creates its password: npm run seal -- <cluster>',
    ]);
    expect(sentences(reader, choice('sealed'), sealed('another-key'))).toHaveLength(1);
    expect(sentences(reader, choice('sealed'), sealed('password'))).toEqual([]);
    expect(sentences(reader, choice('existing'))).toEqual([]);
  });
});
