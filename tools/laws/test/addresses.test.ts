/** Laws of where pods find servers. */
import { describe, expect, test } from 'vitest';
import type { Container, Manifest } from '../../manifests/src/manifest.ts';
import { container, deployment, labels, pod, sentences, service } from './shop.ts';

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
  test('a port that the pods do not have is refused', () => {
    expect(sentences(deployment(pod()), monitor)).toEqual([
      'ServiceMonitor/shop scrapes port http; its pods have none',
    ]);
  });
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

  const client = deployment(pod(), 'shop', { ...labels, 'reaches.cost-onprem/kafka.client': 'true' });
  test('one that no policy opens is refused, with what is open and the patch', () => {
    expect(sentences(client, endpoint, policy([{ ports: [{ port: 9092 }] }]))).toEqual([
      'ConfigMap/kafka-endpoint-ghk2456789 gives port 9099, to which no policy admits its clients; patch NetworkPolicy/reaches-external-kafka (9092) with op: add, path: /spec/egress/0/ports/-, value: { protocol: TCP, port: 9099 }',
    ]);
  });

  test('an address without clients needs no policy', () => {
    expect(sentences(endpoint, policy([{ ports: [{ port: 9092 }] }]))).toEqual([]);
  });

  test('where there are no policies at all, every port is open', () => {
    expect(sentences(endpoint)).toEqual([]);
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
