/** Who may reach whom, and what a client learns of its server. */
import { describe, expect, test } from 'vitest';
import { address, consequences, endpoints, readSessions } from '../src/index.ts';
import { rendered, shop, shopObjects, storeObjects, store } from './shop.ts';

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

test('the number of sessions is an annotation of the Deployment, because a change there does not restart pods', () => {
  const clients = { to: store.postgres, sessions: { count: 2, each: 'WORKERS' } };
  const objects = rendered(consequences({ ...shop, connects: [clients] }, 'shop'));
  const annotation = 'sessions.cost-onprem/store.postgres';
  expect(objects['Deployment/shop']).toMatchObject({ metadata: { annotations: { [annotation]: '2 WORKERS' } } });
  expect(readSessions('2 WORKERS')).toEqual(clients.sessions);
  expect(readSessions(undefined)).toEqual({ count: 1 });
  expect(JSON.stringify(objects['Deployment/shop']).split(annotation)).toHaveLength(2);
});

test('a Service may listen elsewhere than its pod: clients call the one, policies admit the other', () => {
  const web = endpoints('shop', { http: { pod: 8080, service: 80 } });
  const { metrics: _metrics, ...rest } = shop;
  const objects = rendered(consequences({ ...rest, listens: web }, 'shop'));
  expect(objects['Service/shop']).toMatchObject({ spec: { ports: [{ port: 80, targetPort: 'http' }] } });
  expect(objects['NetworkPolicy/reaches-shop-http']).toMatchObject({ spec: { egress: [{ ports: [{ port: 8080 }] }] } });
  expect(address('web', web.http, 'options/external-postgresql').configMap.settings).toMatchObject({
    port: { value: '80' },
  });
  const client = { ...shop, connects: [{ to: web.http, waitFor: { get: '/ready', by: 'curl' } as const }] };
  expect(JSON.stringify(rendered(consequences(client, 'shop')))).toContain('http://shop:80/ready');
});
