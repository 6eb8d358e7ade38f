/** Laws that a cluster's own file alone cannot break, tested on the smallest objects that keep or break them. */
import { describe, expect, test } from 'vitest';
import type { Container, Manifest, PodSpec } from '../../manifests/src/manifest.ts';
import { findings } from '../src/index.ts';

const container: Container = {
  name: 'shop',
  image: 'registry.example.com/shop:1',
  resources: {
    requests: { cpu: '10m', memory: '32Mi', 'ephemeral-storage': '32Mi' },
    limits: { cpu: 1, memory: '1Gi', 'ephemeral-storage': '128Mi' },
  },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
};

const pod = (change: Partial<Container> = {}, rest: Partial<PodSpec> = {}): PodSpec => ({
  enableServiceLinks: false,
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [{ ...container, ...change }],
  ...rest,
});

const labels = { 'app.kubernetes.io/name': 'shop' };

const deployment = (spec: PodSpec, name = 'shop', podLabels: Readonly<Record<string, string>> = labels): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: { selector: { matchLabels: podLabels }, template: { metadata: { labels: podLabels }, spec } },
});

const service = (selector: Readonly<Record<string, string>>): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'shop' },
  spec: { selector },
});

const sentences = (...objects: readonly Manifest[]): readonly string[] =>
  findings(objects).map(({ object, sentence }) => `${object} ${sentence}`);

test('an object that keeps every law has no fault', () => {
  expect(sentences(deployment(pod()), service(labels))).toEqual([]);
});

describe('containers', () => {
  const fault = (change: Partial<Container>) => sentences(deployment(pod(change)));

  test('an image floats when its tag is latest, and does not when a digest pins it', () => {
    expect(fault({ image: 'registry.example.com/shop:latest' })).toEqual([
      'Deployment/shop container shop: image registry.example.com/shop:latest floats: pin a version',
    ]);
    expect(fault({ image: `registry.example.com/shop@sha256:${'0'.repeat(64)}` })).toEqual([]);
  });

  test('a registry’s port is not a tag', () => {
    expect(fault({ image: 'registry.example.com:5000/shop' })).toHaveLength(1);
  });

  test('a variable given twice is refused: the kubelet would silently use the last', () => {
    const env = [
      { name: 'A', value: '1' },
      { name: 'A', value: '2' },
    ];
    expect(fault({ env })).toEqual(['Deployment/shop container shop: the variable A is given twice']);
  });

  test('a secret is never a value', () => {
    expect(fault({ env: [{ name: 'REDIS_PASSWORD', value: 'hunter2' }] })).toEqual([
      'Deployment/shop container shop: gives REDIS_PASSWORD a value of its own: take it from a Secret',
    ]);
  });

  test('quantities are compared, not texts: 1024Mi is 1Gi, and 1 core is 1000m', () => {
    const amounts = (cpu: string, memory: string, disk: string) => ({ cpu, memory, 'ephemeral-storage': disk });
    const equal = { requests: amounts('1000m', '1024Mi', '1024Mi'), limits: amounts('1', '1Gi', '1Gi') };
    expect(fault({ resources: equal })).toEqual([]);
    const over = { requests: amounts('1', '1.5Gi', '1025Mi'), limits: amounts('999m', '1Gi', '1Gi') };
    expect(fault({ resources: over })).toHaveLength(3);
  });

  test('the same laws apply to init containers', () => {
    const { image: _image, ...bare } = container;
    expect(sentences(deployment(pod({}, { initContainers: [{ ...bare, name: 'first' }] })))).toEqual([
      'Deployment/shop container first: has no image: a patch with another container name adds a container',
    ]);
  });
});

describe('folders on the disk of the node', () => {
  const folders = (...emptyDirs: readonly { readonly medium?: string; readonly sizeLimit?: string }[]) =>
    sentences(
      deployment(pod({}, { volumes: emptyDirs.map((emptyDir, index) => ({ name: `folder-${index}`, emptyDir })) })),
    );

  test('one without a size is refused: a pod could fill the disk', () => {
    expect(folders({})).toEqual([
      'Deployment/shop volume folder-0 has no sizeLimit: a pod could fill the disk of its node',
    ]);
    expect(folders({ sizeLimit: '64Mi' }, { sizeLimit: '64Mi' })).toEqual([]);
  });

  test('together they fit the limit of their containers, but for those in memory', () => {
    expect(folders({ sizeLimit: '96Mi' }, { sizeLimit: '64Mi' })).toEqual([
      'Deployment/shop may fill its folders with 160Mi, over the ephemeral-storage limit of its containers, 128Mi, and would be evicted before: raise the limit too',
    ]);
    expect(folders({ sizeLimit: '96Mi' }, { sizeLimit: '64Mi', medium: 'Memory' })).toEqual([]);
  });
});

describe('connections of a database', () => {
  const reaches = 'reaches.cost-onprem/db-koku.postgres';
  const sessions = 'sessions.cost-onprem/db-koku.postgres';

  const server = (connections: string, memory = '8Gi', name = 'db-koku'): Manifest => {
    const amounts = { cpu: 1, memory, 'ephemeral-storage': '128Mi' };
    const resources = { requests: amounts, limits: amounts };
    const env = [{ name: 'POSTGRESQL_MAX_CONNECTIONS', value: connections }];
    return { ...deployment(pod({ resources, env }), name, { app: name }), kind: 'StatefulSet' };
  };
  const client = (replicas: number, annotation?: string, type = 'RollingUpdate'): Manifest => {
    const made = deployment(pod({ env: [{ name: 'PROCESSES', value: '4' }] }), 'shop', {
      ...labels,
      [reaches]: 'true',
    });
    return {
      ...made,
      metadata: { name: 'shop', ...(annotation && { annotations: { [sessions]: annotation } }) },
      spec: { ...made.spec, replicas, strategy: { type } },
    };
  };
  const fault = (sessionsOpen: number, needed: number) => [
    `StatefulSet/db-koku allows 9 connections, and its clients may open ${sessionsOpen}: set POSTGRESQL_MAX_CONNECTIONS of its container to at least ${needed}`,
  ];

  test('are as many as its clients may open, and three for a person', () => {
    expect(sentences(server('9'), client(1, '6', 'Recreate'))).toEqual([]);
    expect(sentences(server('9'), client(1, '8', 'Recreate'))).toEqual(fault(8, 11));
  });

  test('count twice during a rollout, because old pods finish their work', () => {
    expect(sentences(server('9'), client(3, '2'))).toEqual(fault(12, 15));
  });

  test('count the most pods that an autoscaler may make', () => {
    const autoscaler: Manifest = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'shop' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
        minReplicas: 2,
        maxReplicas: 5,
      },
    };
    expect(sentences(server('9'), client(2, '2'), autoscaler)).toEqual(fault(20, 23));
  });

  test('count one session of a pod that does not declare a number, and those of each process', () => {
    expect(sentences(server('9'), client(4))).toEqual(fault(8, 11));
    expect(sentences(server('9'), client(1, '2 PROCESSES', 'Recreate'))).toEqual(fault(8, 11));
  });

  test('are as many for the replica, and have the memory that they need', () => {
    expect(sentences(server('20'), server('10', '8Gi', 'db-koku-replica'))).toEqual([
      'StatefulSet/db-koku-replica allows 10 connections, and would stop following StatefulSet/db-koku, which allows 20: set POSTGRESQL_MAX_CONNECTIONS of its container to at least 20',
    ]);
    expect(sentences(server('200', '2000Mi'))).toEqual([
      'StatefulSet/db-koku allows 200 connections, which need 2548 Mi with its buffers, over its limit of 2000Mi',
    ]);
  });
});

test('two containers of a pod on one port, or with one name for two, are refused', () => {
  const beside = (...ports: NonNullable<Container['ports']>) =>
    sentences(
      deployment(
        pod(
          {},
          {
            containers: [
              { ...container, ports: [{ name: 'http', containerPort: 8080 }] },
              { ...container, name: 'proxy', ports },
            ],
          },
        ),
      ),
    );
  expect(beside({ name: 'public', containerPort: 8080 })).toEqual([
    'Deployment/shop containers shop and proxy both have port 8080',
  ]);
  expect(beside({ name: 'http', containerPort: 8081 })).toEqual([
    'Deployment/shop containers shop and proxy both have port http',
  ]);
  expect(beside({ name: 'public', containerPort: 8081 })).toEqual([]);
});

test('a volume that comes and goes with its pod is refused without a size', () => {
  const spilling = (spec: object) =>
    sentences(
      deployment(pod({}, { volumes: [{ name: 'spill', ephemeral: { volumeClaimTemplate: { spec: { ...spec } } } }] })),
    );
  expect(spilling({})).toEqual(['Deployment/shop ephemeral volume spill has no size: its claim must request storage']);
  expect(spilling({ resources: { requests: { storage: '50Gi' } } })).toEqual([]);
});

test('a Service that leads to a port which its pods do not name is refused', () => {
  const leads: Manifest = {
    ...service(labels),
    spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  };
  expect(sentences(deployment(pod()), leads)).toEqual([
    'Service/shop leads to port http, which its pods do not have; they have none',
  ]);
  expect(sentences(deployment(pod({ ports: [{ name: 'http', containerPort: 8080 }] })), leads)).toEqual([]);
});

describe('metrics', () => {
  const monitor: Manifest = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name: 'shop' },
    spec: { selector: { matchLabels: labels }, endpoints: [{ port: 'http', path: '/q/metrics' }] },
  };
  const admits = (...ports: readonly string[]): Manifest => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'allow-prometheus' },
    spec: {
      podSelector: { matchLabels: { 'cost-onprem/metrics': 'true' } },
      policyTypes: ['Ingress'],
      ingress: [{ ports: ports.map((port) => ({ protocol: 'TCP', port })) }],
    },
  });
  const listening = deployment(pod({ ports: [{ name: 'http', containerPort: 8080 }] }));

  test('a port at which the platform does not admit Prometheus is refused', () => {
    expect(sentences(listening, monitor, admits('metrics'))).toEqual([
      'ServiceMonitor/shop scrapes port http, at which no policy admits Prometheus: add the name to allow-prometheus in overlays/platforms',
    ]);
    expect(sentences(listening, monitor, admits('metrics', 'http'))).toEqual([]);
  });

  test('a port that the pods do not have is refused', () => {
    expect(sentences(deployment(pod()), monitor)).toEqual([
      'ServiceMonitor/shop scrapes port http; its pods have none',
    ]);
  });
});

describe('selectors', () => {
  test('a Service that selects no workload, or two, is refused', () => {
    expect(sentences(deployment(pod()), service({ app: 'other' }))).toEqual([
      'Service/shop selects no pod; it must select exactly one workload',
    ]);
    const wide = { tier: 'front' };
    const both = [deployment(pod(), 'one', { app: 'one', ...wide }), deployment(pod(), 'two', { app: 'two', ...wide })];
    expect(sentences(...both, service(wide))).toEqual([
      'Service/shop selects Deployment/one and Deployment/two; it must select exactly one workload',
    ]);
  });
});

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

test('a pod without a UID among pods that have one is refused: the platform came before it', () => {
  const user = { securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } } };
  const late = deployment(pod(), 'late', { app: 'late' });
  expect(sentences(deployment(pod({}, user)), late)).toEqual([
    'Deployment/late has no runAsUser, although other pods have one: the platform overlay did not patch it',
  ]);
});

describe('ports of external servers', () => {
  const endpoint: Manifest = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kafka-endpoint-ghk2456789' },
    data: { host: 'kafka.example.com', port: '9099' },
  };
  const policy = (egress: readonly object[]): Manifest => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'reaches-external-kafka' },
    spec: { podSelector: { matchLabels: { 'reaches.cost-onprem/kafka.client': 'true' } }, egress },
  });

  test('a port that a policy opens is fine, in a range or because it names none', () => {
    expect(sentences(endpoint, policy([{ ports: [{ port: 9092, endPort: 9099 }] }]))).toEqual([]);
    expect(sentences(endpoint, policy([{}]))).toEqual([]);
  });

  test('one that no policy opens is refused, with what is open and the patch', () => {
    expect(sentences(endpoint, policy([{ ports: [{ port: 9092 }] }]))).toEqual([
      'ConfigMap/kafka-endpoint-ghk2456789 gives port 9099, to which no policy admits its clients; patch NetworkPolicy/reaches-external-kafka (9092) with op: add, path: /spec/egress/0/ports/-, value: { protocol: TCP, port: 9099 }',
    ]);
  });

  test('where there are no policies at all, every port is open', () => {
    expect(sentences(endpoint)).toEqual([]);
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
    expect(sentences(database({ imageName: 'registry.example.com/postgresql:16' }))).toEqual([]);
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
    expect(sentences(route)).toHaveLength(1);
    expect(sentences(route, database({}))).toEqual([]);
  });
});

describe('addresses', () => {
  const server: Manifest = { ...service(labels), metadata: { name: 'rates' } };
  const others = 'there is no Service rate; there are rates';
  const asking = (value: string, name = 'RATES_URL') => deployment(pod({ env: [{ name, value }] }));
  const configMap = (name: string, data: Manifest['data'], of = 'cost-onprem'): Manifest => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${name}-2456789bcd`, labels: { 'app.kubernetes.io/part-of': of } },
    ...(data && { data }),
  });
  const reading = (name: string, key: string) =>
    pod({
      env: [
        { name: 'RATES_HOST', valueFrom: { configMapKeyRef: { name: `${name}-2456789bcd`, key, optional: true } } },
      ],
    });

  test.for([
    ['RATES_URL', 'http://rates:8080/latest'],
    ['RATES_URL', 'jdbc:postgresql://user@rates/db'],
    ['RATES', 'rates:8080'],
    ['RATES_HOST', 'rates'],
    ['RATES_HOST', 'rates.cost-onprem.svc.cluster.local'],
    ['RATES_HOST', 'rates-0.rates.cost-onprem.svc'],
  ] as const)('%s=%s names a server: fine where its Service is there, refused where not', ([name, value]) => {
    expect(sentences(asking(value, name), server)).toEqual([]);
    const wrong = value.replaceAll('rates', 'rate');
    expect(sentences(asking(wrong, name), server)).toEqual([
      expect.stringMatching(new RegExp(`^Deployment/shop container shop: the variable ${name} names rate.*${others}$`)),
    ]);
  });

  test.for([
    ['LISTEN', ':9000'],
    ['LEVEL', 'INFO'],
    ['PYTHONPATH', '/opt/koku:/opt/watch'],
    ['WAREHOUSE', 's3a://koku-report/data'],
    ['TLS_SERVER', 'true'],
    ['ADMIN_URL', 'http://localhost:8080'],
    ['API_HOST', 'kubernetes.default.svc'],
  ] as const)('%s=%s names no server', ([name, value]) => {
    expect(sentences(asking(value, name))).toEqual([]);
  });

  test('each of several is checked', () => {
    expect(sentences(asking('rates:1,rate:2'), server)).toHaveLength(1);
  });

  test('only the cluster names an external server, in a setting or in a ConfigMap of its own', () => {
    expect(sentences(asking('https://rates.example.com'))).toEqual([
      'Deployment/shop container shop: the variable RATES_URL names rates.example.com, which is external: read it from a setting that clusters merge, or from the cluster’s own ConfigMap',
    ]);
    const host = { host: 'rates.example.com' };
    expect(sentences(deployment(reading('valkey-endpoint', 'host')), configMap('valkey-endpoint', host))).toEqual([]);
    expect(sentences(deployment(reading('shop-files', 'host')), configMap('shop-files', host))).toHaveLength(1);
    const { labels: _none, ...metadata } = configMap('proxy', host).metadata;
    expect(sentences(deployment(reading('proxy', 'host')), { ...configMap('proxy', host), metadata })).toEqual([]);
  });

  test('a fault of a ConfigMap is reported once for all its readers, also where it becomes variables as a whole', () => {
    const settings = configMap('koku-settings', { CURRENCY_URL: 'https://rate/latest' });
    const envFrom = [{ configMapRef: { name: settings.metadata.name } }];
    const all = [deployment(pod({ envFrom })), deployment(pod({ envFrom }), 'other', { app: 'other' })];
    expect(sentences(...all, settings, server)).toEqual([
      `ConfigMap/koku-settings-2456789bcd names rate in CURRENCY_URL, but ${others}`,
    ]);
  });

  describe('a wait-for step', () => {
    const waiting = (env: Container['env'] = []) =>
      deployment(pod({}, { initContainers: [{ ...container, name: 'wait-for-valkey', env }] }));
    const valkey: Manifest = { ...service(labels), metadata: { name: 'valkey' } };

    test('is fine where its server exists', () => {
      expect(sentences(waiting(), valkey)).toEqual([]);
    });

    test('is refused where no server of its name exists', () => {
      expect(sentences(waiting())).toEqual([
        "Deployment/shop waits for valkey, but there is no Service valkey: its connection needs the overlay that adds valkey, as when: '…'",
      ]);
    });

    test('is fine for an external server whose address it reads', () => {
      const elsewhere = configMap('valkey-endpoint', { host: 'redis.example.com' });
      const name = elsewhere.metadata.name;
      const env = [{ name: 'REDIS_HOST', valueFrom: { configMapKeyRef: { name, key: 'host' } } }];
      expect(sentences(waiting(env), elsewhere)).toEqual([]);
    });
  });

  test('a route of another application leads to a server that the gateway may reach', () => {
    const route = configMap('koku-gateway-route-ingress', {});
    const gateway = (more: Readonly<Record<string, string>>) =>
      deployment(pod(), 'koku-gateway', { app: 'koku-gateway', ...more });
    expect(sentences(gateway({ 'reaches.cost-onprem/ingress.http': 'true' }), route)).toEqual([]);
    expect(sentences(gateway({}), route)).toEqual([
      "ConfigMap/koku-gateway-route-ingress-2456789bcd leads to ingress, which koku-gateway may not reach: connect it in libs/gateway/src/koku-gateway.ts, with the overlay that adds ingress as when: '…'",
    ]);
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
    expect(sentences({ ...binding, roleRef: { kind: 'ClusterRole', name: 'edit' } } as Manifest)).toHaveLength(1);
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
