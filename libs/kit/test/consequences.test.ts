/** What the kit derives from one declaration, shown with two made-up applications: a shop and its database. */
import { describe, expect, test } from 'vitest';
import {
  address,
  applicationBases,
  consequences,
  endpoints,
  optionalSecret,
  readSessions,
  secret,
  workload,
  type Application,
  type KubernetesObject,
} from '../src/index.ts';

/** The bases of an application without others. */
const basesOf = (declared: Application) => applicationBases(declared, [declared]);

const shopPorts = endpoints('shop', { http: 8080, metrics: 9090 });
const store = endpoints('store', { postgres: 5432 });
const storeAddress = address('store', store.postgres, 'options/external-postgresql');
const credentials = secret('store-credentials', { password: 16 });

const shop = workload({
  name: 'shop',
  purpose: 'Sells.',
  kind: 'Deployment',
  image: 'registry.example.com/shop:1',
  wave: 'application',
  listens: shopPorts,
  metrics: shopPorts.metrics,
  connects: [
    {
      to: store.postgres,
      env: { STORE_HOST: storeAddress.host, STORE_PASSWORD: credentials.keys.password },
      waitFor: ['store-answers'],
    },
  ],
  env: { CORES: { kind: 'OwnLimit', resource: 'cpu' } },
});

const database = workload({
  name: 'store',
  purpose: 'Keeps.',
  kind: 'StatefulSet',
  image: 'registry.example.com/store:1',
  wave: 'data',
  listens: store,
  store: { claim: 'store-data', mountPath: '/data' },
  singleton: true,
});

const migrate = workload({
  name: 'migrate',
  purpose: 'Moves on.',
  kind: 'Job',
  image: 'registry.example.com/shop:1',
  wave: 'preparation',
});

const rendered = (objects: readonly KubernetesObject[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    objects.map((object) => {
      const plain = object.toJSON() as { kind: string; metadata: { name: string } };
      return [`${plain.kind}/${plain.metadata.name}`, JSON.parse(JSON.stringify(plain)) as unknown];
    }),
  );

const shopObjects = rendered(consequences(shop, 'shop'));
const storeObjects = rendered(consequences(database, 'store'));

describe('a connection between two workloads', () => {
  const label = 'reaches.cost-onprem/store.postgres';

  test('is a label on the client’s pods', () => {
    expect(shopObjects['Deployment/shop']).toMatchObject({
      spec: { template: { metadata: { labels: { [label]: 'true' } } } },
    });
  });

  test('is not in a selector, because a live cluster refuses to change selectors', () => {
    expect(shopObjects['Deployment/shop']).toMatchObject({
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/part-of': 'cost-onprem' } },
      },
    });
    expect(JSON.stringify(shopObjects['Service/shop'])).not.toContain('reaches.');
  });

  test('has policies of the server for both ends, only for pods with the label and for this port', () => {
    expect(storeObjects['NetworkPolicy/store']).toMatchObject({
      spec: {
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [{ podSelector: { matchLabels: { [label]: 'true' } } }],
            ports: [{ protocol: 'TCP', port: 5432 }],
          },
        ],
      },
    });
    expect(storeObjects['NetworkPolicy/reaches-store-postgres']).toMatchObject({
      spec: {
        podSelector: { matchLabels: { [label]: 'true' } },
        policyTypes: ['Egress'],
        egress: [{ ports: [{ protocol: 'TCP', port: 5432 }] }],
      },
    });
  });

  test('gives its variables to the client, and only those to the init container that waits', () => {
    expect(shopObjects['Deployment/shop']).toMatchObject({
      spec: {
        template: {
          spec: {
            initContainers: [
              {
                name: 'wait-for-store',
                image: shop.image,
                env: [{ name: 'STORE_HOST' }, { name: 'STORE_PASSWORD' }],
              },
            ],
            containers: [{ env: [{ name: 'STORE_HOST' }, { name: 'STORE_PASSWORD' }, { name: 'CORES' }] }],
          },
        },
      },
    });
  });
});

test('no policy of a workload opens its metrics port, because only Prometheus needs it', () => {
  expect(JSON.stringify(shopObjects['NetworkPolicy/shop'])).not.toContain('9090');
  expect(shopObjects['ServiceMonitor/shop']).toMatchObject({ spec: { endpoints: [{ port: 'metrics' }] } });
});

test('one label selects all objects that only monitoring needs, so that an option can remove them', () => {
  const label = { 'cost-onprem/only-for': 'monitoring' };
  const objects = Object.values(rendered(consequences({ ...shop, onlyFor: 'monitoring' }, 'shop')));
  for (const object of objects) expect(object).toMatchObject({ metadata: { labels: label } });
  expect(JSON.stringify(shopObjects)).not.toContain('only-for');
  const { kustomization } =
    basesOf({
      name: 'shop',
      bases: { '.': { workloads: [], dashboards: [{ name: 'sales', json: '{}' }] } },
    })['.'] ?? {};
  expect(kustomization).toMatchObject({
    configMapGenerator: [
      // Grafana's sidecar looks for the label. The name has no hash.
      { name: 'sales', options: { disableNameSuffixHash: true, labels: { grafana_dashboard: '1', ...label } } },
    ],
  });
});

describe('a server that may be external', () => {
  const served = { workloads: [{ ...database, role: 'database' }], makes: [credentials] } as const;
  const role = { 'cost-onprem/role': 'database' };

  test('has its role on all objects that go with it; the clients’ policy has another label, because it stays', () => {
    const { 'NetworkPolicy/reaches-store-postgres': path, ...others } = rendered(
      consequences(served.workloads[0], 'store'),
    );
    for (const object of Object.values(others)) expect(object).toMatchObject({ metadata: { labels: role } });
    expect(path).toMatchObject({ metadata: { labels: { 'cost-onprem/reaches-role': 'database' } } });
    expect(path).not.toMatchObject({ metadata: { labels: role } });
    expect(JSON.stringify(storeObjects)).not.toContain('role');
  });

  test('has its role on requests for random passwords and on Secrets that only it reads', () => {
    const own = { ...secret('store-replication', { password: 16 }), role: 'database' } as const;
    const { kustomization, objects } =
      applicationBases({ name: 'store', bases: { '.': { ...served, makes: [credentials, own] } } }, [])['.'] ?? {};
    expect(kustomization).toMatchObject({
      configMapGenerator: ['make-store-credentials', 'make-store-replication'].map((name) => ({
        name,
        options: { labels: role },
      })),
    });
    const asked = rendered(objects?.['external-secrets.yaml'] ?? []);
    expect(asked['ExternalSecret/store-credentials']).not.toMatchObject({ metadata: { labels: role } });
    expect(asked['ExternalSecret/store-replication']).toMatchObject({ metadata: { labels: role } });
  });
});

test('the number of sessions is an annotation of the Deployment, because a change there does not restart pods', () => {
  const clients = { to: store.postgres, sessions: { count: 2, each: 'WORKERS' } };
  const objects = rendered(consequences({ ...shop, connects: [clients] }, 'shop'));
  const annotation = 'sessions.cost-onprem/store.postgres';
  expect(objects['Deployment/shop']).toMatchObject({ metadata: { annotations: { [annotation]: '2 WORKERS' } } });
  expect(readSessions('2 WORKERS')).toEqual(clients.sessions);
  expect(readSessions(undefined)).toEqual({ count: 1 });
  expect(JSON.stringify(objects['Deployment/shop']).split(annotation)).toHaveLength(2);
});

test('an alert has a severity, a summary and a link to the runbook', () => {
  const soldOut = {
    alert: 'SoldOut',
    severity: 'critical',
    expression: 'shop_stock == 0',
    lasts: '5m',
    summary: 'Nothing is left',
    description: 'Customers leave.',
    runbook: 'runbook.md#soldout',
  } as const;
  const [rule] =
    basesOf({
      name: 'shop',
      bases: { '.': { workloads: [], rules: [{ name: 'stock', rules: [soldOut] }] } },
    })['.']?.objects['rules.yaml'] ?? [];
  expect(rule?.toJSON()).toMatchObject({
    kind: 'PrometheusRule',
    metadata: { name: 'cost-onprem-stock' },
    spec: {
      groups: [
        {
          rules: [
            {
              alert: 'SoldOut',
              expr: 'shop_stock == 0',
              for: '5m',
              labels: { severity: 'critical' },
              annotations: {
                summary: 'Nothing is left',
                description: 'Customers leave.',
                runbook_url: 'runbook.md#soldout',
              },
            },
          ],
        },
      ],
    },
  });
});

test('a container gets a secret by reference, never by value', () => {
  expect(JSON.stringify(shopObjects)).toContain('"secretKeyRef":{"name":"store-credentials","key":"password"}');
});

test('pods start without an optional Secret, whether its keys are variables or files', () => {
  const brought = optionalSecret('cards', 'Takes cards.', { key: 'key file' });
  const taking = workload({
    ...shop,
    env: { CARDS_KEY: brought.keys.key },
    secretFiles: [{ mountPath: '/etc/cards', secret: brought }],
  });
  const pod = JSON.stringify(rendered(consequences(taking, 'shop'))['Deployment/shop']);
  expect(pod).toContain('"secretKeyRef":{"name":"cards","key":"key","optional":true}');
  expect(pod).toContain('{"name":"etc-cards","secret":{"secretName":"cards","optional":true}}');
  expect(pod).toContain('{"name":"etc-cards","mountPath":"/etc/cards","readOnly":true}');
});

test('two connections may not give one variable different values, and the error names both', () => {
  const torn = workload({ ...shop, env: { STORE_HOST: 'elsewhere' } });
  expect(() => consequences(torn, 'shop')).toThrow(/shop: the variable STORE_HOST is declared twice.*elsewhere/s);
});

test('data is safe: a separate claim, pruned only after a confirmation, and one pod at a time', () => {
  expect(storeObjects['PersistentVolumeClaim/store-data']).toMatchObject({
    metadata: { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' } },
  });
  expect(storeObjects['StatefulSet/store']).not.toHaveProperty('spec.volumeClaimTemplates');
  expect(rendered(consequences({ ...database, kind: 'Deployment' }, 'store'))['Deployment/store']).toMatchObject({
    spec: { strategy: { type: 'Recreate' } },
  });
});

test('a Job is a hook that Argo CD creates again, because its template cannot change', () => {
  expect(rendered(consequences(migrate, 'shop'))['Job/migrate']).toMatchObject({
    metadata: {
      annotations: {
        'argocd.argoproj.io/hook': 'Sync',
        'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
        'argocd.argoproj.io/sync-wave': '-1',
      },
    },
  });
});

test('Argo CD applies servers before their clients, and no Service after the applications', () => {
  const wave = (object: unknown) =>
    (object as { metadata: { annotations: Record<string, string> } }).metadata.annotations[
      'argocd.argoproj.io/sync-wave'
    ];
  expect(wave(storeObjects['Service/store'])).toBe('-3');
  const edge = rendered(consequences({ ...shop, wave: 'edge' }, 'shop'));
  expect([wave(edge['Deployment/shop']), wave(edge['Service/shop'])]).toEqual(['5', '0']);
});

test('a CronJob never overlaps with itself, has a deadline, and needs a schedule', () => {
  const nightly = workload({
    name: 'nightly',
    purpose: 'Sweeps.',
    kind: 'CronJob',
    schedule: '0 3 * * *',
    deadline: 900,
    image: 'registry.example.com/shop:1',
    wave: 'application',
  });
  expect(rendered(consequences(nightly, 'shop'))['CronJob/nightly']).toMatchObject({
    spec: {
      schedule: '0 3 * * *',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        metadata: { labels: { 'app.kubernetes.io/name': 'nightly' } },
        spec: {
          activeDeadlineSeconds: 900,
          template: { spec: { restartPolicy: 'Never', containers: [{ name: 'shop' }] } },
        },
      },
    },
  });
  expect(() => consequences(workload({ ...migrate, kind: 'CronJob' }), 'shop')).toThrow(
    'migrate: a CronJob needs a schedule',
  );
});

describe('rights', () => {
  const maker = workload({
    name: 'maker',
    purpose: 'Makes.',
    kind: 'Job',
    image: 'registry.example.com/shop:1',
    wave: 'credentials',
    mayCreate: ['secrets'],
  });
  const objects = rendered(consequences(maker, 'shop'));
  const tokenOf = (controller: unknown) =>
    (controller as { spec: { template: { spec: { automountServiceAccountToken: boolean } } } }).spec.template.spec
      .automountServiceAccountToken;

  test('a workload that may create Secrets may do nothing else, and only it has the Role', () => {
    expect(objects['Role/maker']).toMatchObject({
      rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['create'] }],
    });
    expect(objects['RoleBinding/maker']).toMatchObject({
      roleRef: { kind: 'Role', name: 'maker' },
      subjects: [{ kind: 'ServiceAccount', name: 'maker' }],
    });
  });

  test('only that workload has a token and a policy for the API server', () => {
    expect(tokenOf(objects['Job/maker'])).toBe(true);
    expect(objects['NetworkPolicy/maker-reaches-api-server']).toMatchObject({
      spec: { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'maker' } }, policyTypes: ['Egress'] },
    });
    const others = rendered(consequences(migrate, 'shop'));
    expect(tokenOf(others['Job/migrate'])).toBe(false);
    expect(Object.keys(others)).toEqual(['Job/migrate', 'ServiceAccount/migrate']);
  });
});

describe('a Secret that a base declares', () => {
  const bases = basesOf({
    name: 'store',
    bases: {
      own: { workloads: [database], makes: [credentials] },
      elsewhere: { workloads: [], asksFor: [credentials] },
    },
  });

  test('has its keys and their lengths in a ConfigMap for the Job that creates Secrets', () => {
    expect(bases['own']?.texts).toEqual({
      'files/make-store-credentials/store-credentials': 'password 16\n',
    });
    expect(bases['elsewhere']?.texts).toEqual({});
  });

  test('has an ExternalSecret with the same keys in every base, and outlives it', () => {
    for (const folder of ['own', 'elsewhere']) {
      expect(rendered(bases[folder]?.objects['external-secrets.yaml'] ?? [])).toMatchObject({
        'ExternalSecret/store-credentials': {
          metadata: { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' } },
          spec: {
            target: { name: 'store-credentials', creationPolicy: 'Orphan', deletionPolicy: 'Retain' },
            data: [{ secretKey: 'password', remoteRef: { key: 'store-credentials', property: 'password' } }],
          },
        },
      });
    }
  });
});
