/** What Prometheus and Grafana get, and what goes when a cluster does without them. */
import { expect, test } from 'vitest';
import { consequences, workload } from '../src/index.ts';
import { basesOf, rendered, shop, shopObjects, shopPorts } from './shop.ts';

test('no policy of a workload opens its metrics port, because only Prometheus needs it', () => {
  expect(JSON.stringify(shopObjects['NetworkPolicy/shop'])).not.toContain('9090');
  expect(shopObjects['ServiceMonitor/shop']).toMatchObject({ spec: { endpoints: [{ port: 'metrics' }] } });
});

test('metrics on another port and path stay open to the clients of that port', () => {
  const shared = workload({ ...shop, metrics: { ...shopPorts.http, path: '/q/metrics' } });
  const objects = rendered(consequences(shared, 'shop'));
  expect(objects['ServiceMonitor/shop']).toMatchObject({ spec: { endpoints: [{ port: 'http', path: '/q/metrics' }] } });
  expect(objects['NetworkPolicy/reaches-shop-http']).toBeDefined();
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
      { name: 'sales', options: { disableNameSuffixHash: true, labels: { grafana_dashboard: '1' } } },
    ],
  });
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
