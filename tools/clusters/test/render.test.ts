/** What is true of every cluster of this repository, tested on its render. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { bucketClaim, objectStorageCredentials, runbookPath } from '@cost-onprem/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutHash } from '../../manifests/src/hash-suffix.ts';
import { kustomizeBuild } from '../../manifests/src/kustomize.ts';
import {
  at,
  containersOf,
  identity,
  parseManifests,
  podTemplateOf,
  type Manifest,
} from '../../manifests/src/manifest.ts';
import { readersOf } from '../../manifests/src/secrets.ts';
import { clusterNames } from '../../repository/src/clusters.ts';
import { renderCluster } from '../src/render.ts';
import { scratchRepository } from './scratch.ts';
import { exampleNames, writeExample } from '../../scratch/src/examples.ts';
import { repository } from '../../repository/src/repository.ts';
import { sentryCredentials } from '../../../libs/koku/src/optional-secrets.ts';

const { root, remove } = scratchRepository();
afterAll(remove);

const renders = new Map<string, readonly Manifest[]>();
const objectsOf = (cluster: string): readonly Manifest[] => renders.get(cluster) ?? [];
const find = (cluster: string, name: string) => objectsOf(cluster).find((object) => identity(object) === name);

beforeAll(async () => {
  for (const name of clusterNames()) renders.set(name, (await renderCluster(name)).objects);
  for (const name of exampleNames) renders.set(name, (await renderCluster(name, root)).objects);
});

describe.for(clusterNames())('cluster %s', (cluster) => {
  test('renders to the same bytes with the Kustomize of older Argo CDs', async () => {
    const folder = join(repository, 'clusters', cluster);
    expect(await kustomizeBuild(folder, { version: 'kustomize-5.7' })).toBe(await kustomizeBuild(folder));
  });

  test('tells every Koku container the same about Trino', () => {
    const settings = objectsOf(cluster).find(({ metadata }) => metadata.name.startsWith('koku-settings'));
    expect(settings?.data?.['ONPREM']).toBe('True');
    const koku = objectsOf(cluster).filter(
      (object) => object.metadata.labels?.['app.kubernetes.io/component'] === 'koku',
    );
    for (const object of koku) {
      for (const container of podTemplateOf(object)?.spec?.containers ?? []) {
        expect(container.envFrom?.map(({ configMapRef }) => configMapRef?.name)).toContain(settings?.metadata.name);
      }
    }
  });
});

test('object-storage/odf: the claim creates the Secret and the ConfigMap that clients read', () => {
  const claims = objectsOf('example-openshift-minimal').filter(({ kind }) => kind === 'ObjectBucketClaim');
  expect(claims.map(({ metadata }) => metadata.name)).toEqual([bucketClaim.name]);
  expect([bucketClaim.bucketName.name, objectStorageCredentials.name]).toEqual([bucketClaim.name, bucketClaim.name]);
});

describe('options', () => {
  test('read-replica: the reads API uses the replica, the writes API and the migration never do', () => {
    const cluster = 'example-kubernetes-production';
    const hostOf = (name: string) => {
      const container = containersOf(podTemplateOf(find(cluster, name) as Manifest)?.spec ?? {}).at(-1);
      const reference = container?.env?.find((variable) => variable.name === 'DATABASE_SERVICE_HOST')?.valueFrom
        ?.configMapKeyRef;
      return objectsOf(cluster).find(({ metadata }) => metadata.name === reference?.name)?.data?.['host'];
    };
    expect(['Deployment/koku-api-reads', 'Deployment/koku-api-writes', 'Job/koku-db-migrate'].map(hostOf)).toEqual([
      'db-koku-replica',
      'db-koku',
      'db-koku',
    ]);
  });

  const without = async (option: string) => {
    const { addOption } = await import('./with-option.ts');
    const after = parseManifests(await addOption('example-kubernetes-minimal', option)).map(identity);
    const gone = objectsOf('example-kubernetes-minimal').filter((object) => !after.includes(identity(object)));
    return { after, gone };
  };

  test('without-network-policies removes them all, and nothing else', async () => {
    const { after, gone } = await without('without-network-policies');
    expect(gone.filter(({ kind }) => kind !== 'NetworkPolicy')).toEqual([]);
    expect(after.filter((name) => name.startsWith('NetworkPolicy'))).toEqual([]);
    expect(gone.length).toBeGreaterThan(0);
  });

  test('without-monitoring removes the objects that Prometheus and Grafana read, those that only they need, and no other', async () => {
    const { after, gone } = await without('without-monitoring');
    const read = new Set(['ServiceMonitor', 'PrometheusRule']);
    const ofMonitoring = objectsOf('example-kubernetes-minimal').filter(
      ({ kind, metadata: { labels = {} } }) =>
        read.has(kind) || labels['cost-onprem/only-for'] === 'monitoring' || labels['grafana_dashboard'] === '1',
    );
    const known = new Set(ofMonitoring.map(identity));
    const names = gone.map(identity).filter((name) => !known.has(name));
    expect(names.map(withoutHash)).toEqual(['NetworkPolicy/allow-prometheus']);
    expect(gone.length).toBe(ofMonitoring.length + names.length);
    expect(after.filter((name) => /exporter|dashboard/.test(name))).toEqual([]);
  });

  /** A cluster with an option that adds something, and with one setting of Koku's. */
  const withSetting = async (option: string, literal: string): Promise<readonly Manifest[]> => {
    const { renderChanged } = await import('./with-option.ts');
    const add = (text: string) => text.replace(/^components:\n/m, `$&  - ../../overlays/options/${option}\n`);
    const merge = `  - { name: koku-settings, behavior: merge, literals: ['${literal}'] }\n`;
    return (await renderChanged('example-kubernetes-minimal', (text) => add(text) + merge)).objects;
  };

  /** Objects whose pods a policy selects. */
  const selectedBy = (objects: readonly Manifest[], policy: string): readonly string[] => {
    const { spec } = objects.find((object) => identity(object) === `NetworkPolicy/${policy}`) ?? {};
    const wanted = Object.entries((at(spec, 'podSelector', 'matchLabels') ?? {}) as Readonly<Record<string, string>>);
    return objects
      .filter((object) => {
        const labels = podTemplateOf(object)?.metadata?.labels;
        return labels && wanted.every(([key, value]) => labels[key] === value);
      })
      .map(identity);
  };

  test('sentry: all of Koku’s processes with Sentry have it switched on and may connect to it, under the cluster’s own name', async () => {
    const objects = await withSetting('sentry', 'KOKU_SENTRY_ENVIRONMENT=production');
    const settings = objects.find(({ metadata }) => metadata.name.startsWith('koku-settings'));
    expect(settings?.data).toMatchObject({ KOKU_ENABLE_SENTRY: 'True', KOKU_SENTRY_ENVIRONMENT: 'production' });
    const readers = readersOf(objects, sentryCredentials.name);
    expect(readers.length).toBeGreaterThan(10);
    expect(selectedBy(objects, 'reaches-sentry')).toEqual(expect.arrayContaining(readers.map(identity)));
    for (const reader of readers)
      expect(containersOf(podTemplateOf(reader)?.spec ?? {}).flatMap(({ envFrom = [] }) => envFrom)).toContainEqual({
        configMapRef: { name: settings?.metadata.name },
      });
  });

  test('exchange-rates: only the worker that fetches them may connect to the outside', async () => {
    const objects = await withSetting('exchange-rates', 'CURRENCY_URL=https://rates.example.com/latest/USD');
    expect(selectedBy(objects, 'reaches-exchange-rates')).toEqual(['Deployment/koku-celery-worker-default']);
    const queues = objects.find(({ metadata }) => metadata.name.startsWith('koku-worker-queues'));
    expect(queues?.data?.['default']?.split(',')).toContain('celery');
  });

  test('alerts link to the runbook: by its path, or under the address that a cluster gives', async () => {
    const linksOf = (objects: readonly Manifest[]) =>
      objects
        .filter(({ kind }) => kind === 'PrometheusRule')
        .flatMap((object) =>
          [...JSON.stringify(object).matchAll(/"runbook_url":"([^"]+)"/g)].map(([, url = '']) => url),
        );
    writeExample(root, 'example-kubernetes-minimal', 'linked');
    appendFileSync(
      join(root, 'clusters/linked/kustomization.yaml'),
      '  - { name: monitoring, behavior: merge, literals: [runbook=https://git.example.com/runbook.md] }\n',
    );
    const links = linksOf((await renderCluster('linked', root)).objects);
    expect(linksOf(objectsOf('example-kubernetes-minimal')).map((url) => url.replace(runbookPath, ''))).toEqual(
      links.map((url) => url.replace('https://git.example.com/runbook.md', '')),
    );
    expect(links.length).toBeGreaterThan(0);
  });
});
