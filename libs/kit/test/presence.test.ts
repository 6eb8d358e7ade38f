/** What a client gets only from the overlay that adds its server, shown with a made-up shop with optional rates. */
import { describe, expect, test } from 'vitest';
import {
  application,
  applicationBases,
  connectionTable,
  consequences,
  endpoints,
  picture,
  workload,
  type Connection,
} from '../src/index.ts';

const rates = endpoints('rates', { http: 8080 });
const stock = endpoints('stock', { http: 8080 });
const label = 'reaches.cost-onprem/rates.http';

const toRates: Connection = {
  to: rates.http,
  when: 'options/exchange-rates',
  env: { RATES_URL: 'http://rates:8080', MODE: 'quiet' },
  waitFor: ['rates-answer'],
};

const shop = (kind: 'Deployment' | 'CronJob', connects: readonly Connection[] = [toRates]) =>
  workload({
    name: 'shop',
    purpose: 'Sells.',
    kind,
    ...(kind === 'CronJob' && { schedule: '* * * * *' }),
    image: 'registry.example.com/shop:1',
    wave: 'application',
    connects: [{ to: stock.http, env: { MODE: 'quiet' } }, ...connects],
  });

const folders = (...workloads: readonly ReturnType<typeof shop>[]) =>
  applicationBases(application({ name: 'market', bases: { '.': { workloads: [] }, more: { workloads } } }), []);

const component = 'when/options/exchange-rates';

describe('a connection to a server that an overlay adds', () => {
  test('changes nothing in the client that every cluster has', () => {
    const text = JSON.stringify(consequences(shop('Deployment'), 'market'));
    expect(text).toContain('reaches.cost-onprem/stock.http');
    expect(text).not.toContain('rates');
  });

  test('patches the client with a label, an init container and variables, in a folder that the overlay lists', () => {
    const { kustomization, patches } = folders(shop('Deployment'))[component] ?? {};
    expect(kustomization).toMatchObject({
      kind: 'Component',
      patches: [{ path: 'shop.yaml', target: { kind: 'Deployment', name: 'shop' } }],
    });
    expect(patches?.['shop.yaml']).toMatchObject({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'shop' },
      spec: {
        template: {
          metadata: { labels: { [label]: 'true' } },
          spec: {
            initContainers: [{ name: 'wait-for-rates', image: 'registry.example.com/shop:1' }],
            // The client has MODE already.
            containers: [{ name: 'market', env: [{ name: 'RATES_URL', value: 'http://rates:8080' }] }],
          },
        },
      },
    });
  });

  test('adds its init container with a size, after those that a profile finds by index', () => {
    const toStock: Connection = { to: stock.http, waitFor: ['stock-answers'] };
    const { patches } = folders(shop('Deployment', [toStock, toRates]))[component] ?? {};
    expect(patches?.['shop.yaml']).toMatchObject({
      spec: {
        template: {
          spec: {
            initContainers: [
              { name: 'wait-for-stock' },
              {
                name: 'wait-for-rates',
                resources: {
                  requests: { cpu: '10m', memory: '32Mi', 'ephemeral-storage': '32Mi' },
                  limits: { cpu: '200m', memory: '128Mi', 'ephemeral-storage': '128Mi' },
                },
              },
            ],
          },
        },
      },
    });
  });

  test('patches the pod template of a CronJob', () => {
    expect(folders(shop('CronJob'))[component]?.patches?.['shop.yaml']).toMatchObject({
      apiVersion: 'batch/v1',
      spec: { jobTemplate: { spec: { template: { metadata: { labels: { [label]: 'true' } } } } } },
    });
  });

  test('adds only a label, and no empty list, to a client that needs no more', () => {
    const { patches } =
      folders(shop('Deployment', [{ to: rates.http, when: 'options/exchange-rates' }]))[component] ?? {};
    expect(patches?.['shop.yaml']).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'shop' },
      spec: { template: { metadata: { labels: { [label]: 'true' } } } },
    });
  });

  test('may not give a variable another value than it has in every cluster', () => {
    expect(() => folders(shop('Deployment', [{ ...toRates, env: { MODE: 'loud' } }]))).toThrow(
      'shop: the variable MODE is declared twice, as "quiet" and as "loud"',
    );
  });

  test('has a folder for each overlay, and none if all servers are in every cluster', () => {
    expect(Object.keys(folders(shop('Deployment', [])))).toEqual(['.', 'more']);
    const other: Connection = { to: rates.http, when: 'options/sentry' };
    expect(Object.keys(folders(shop('Deployment', [toRates, other])))).toEqual([
      '.',
      'more',
      component,
      'when/options/sentry',
    ]);
  });
});

test('the tables and the picture name the overlay of each connection that it adds', () => {
  const market = [application({ name: 'market', bases: { '.': { workloads: [shop('Deployment')] } } })];
  expect(connectionTable(market).split('\n').slice(2)).toEqual([
    '| `shop` | `stock` | 8080 | - | always |',
    '| `shop` | `rates` | 8080 | yes | `options/exchange-rates` |',
  ]);
  expect(picture(market)).toContain('shop -->|8080| stock');
  expect(picture(market)).toContain('shop -.->|"8080 with options/exchange-rates"| rates');
});
