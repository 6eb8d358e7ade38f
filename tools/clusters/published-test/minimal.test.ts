/** The figures of the profile `minimal`, as this project publishes it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mapValues } from '@cost-onprem/kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, identity, podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import type { ExampleName } from '../../scratch/src/examples.ts';
import { renderCluster } from '../src/render.ts';
import { summarize } from '../src/summary.ts';
import { scratchRepository } from '../test/scratch.ts';

const { root, remove } = scratchRepository();
afterAll(remove);

const clusters = ['example-openshift-minimal', 'example-kubernetes-minimal'] as const satisfies readonly ExampleName[];
const renders = new Map<string, readonly Manifest[]>();
const objectsOf = (cluster: (typeof clusters)[number]): readonly Manifest[] => renders.get(cluster) ?? [];
beforeAll(async () => {
  for (const name of clusters) renders.set(name, (await renderCluster(name, root)).objects);
});

/** tools/documentation/facts/decisions.md#sizes-of-minimal. */
describe('the minimal profile is its first table, to the unit', () => {
  const table: Readonly<Record<string, readonly [pods: number, cpu: string, memory: string]>> = {
    'Deployment/koku-api-reads': [2, '300m/600m', '500Mi/1Gi'],
    'Deployment/koku-api-writes': [1, '300m/600m', '500Mi/1Gi'],
    'Deployment/koku-gateway': [1, '50m/200m', '64Mi/128Mi'],
    'Deployment/koku-masu': [1, '100m/400m', '400Mi/1Gi'],
    'StatefulSet/db-koku': [1, '500m/1', '1000Mi/2000Mi'],
    'Deployment/ingress': [1, '100m/500m', '256Mi/1Gi'],
    'Deployment/rosocp-api': [1, '100m/300m', '256Mi/512Mi'],
    'Deployment/rosocp-processor': [1, '100m/300m', '256Mi/512Mi'],
    'Deployment/rosocp-recommendation-poller': [1, '100m/300m', '256Mi/512Mi'],
    'Deployment/rosocp-housekeeper': [1, '100m/300m', '256Mi/512Mi'],
    'Deployment/kruize': [1, '250m/2', '1Gi/2Gi'],
    'StatefulSet/db-ros': [1, '100m/250m', '256Mi/512Mi'],
    'StatefulSet/db-kruize': [1, '100m/250m', '256Mi/512Mi'],
    'StatefulSet/valkey': [1, '50m/200m', '128Mi/512Mi'],
  };
  /** Rows that are too small for the real process; minimal.ts has the measurements. */
  const exceptions: Readonly<Record<string, { readonly plan: string; readonly ours: string }>> = {
    'Deployment/koku-celery-beat': { plan: '200Mi/400Mi', ours: '280Mi/400Mi' },
    'Deployment/koku-celery-worker-summary': { plan: '200Mi/400Mi', ours: '300Mi/1Gi' },
    'Deployment/koku-listener': { plan: '256Mi/1Gi', ours: '448Mi/1Gi' },
  };
  const disks = {
    'PersistentVolumeClaim/db-koku-data': '20Gi',
    'PersistentVolumeClaim/db-kruize-data': '5Gi',
    'PersistentVolumeClaim/db-ros-data': '5Gi',
    'PersistentVolumeClaim/valkey-data': '2Gi',
  };

  test.for(clusters)('%s', (cluster) => {
    const rows = Object.fromEntries(
      objectsOf(cluster)
        .filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
        .map((object) => {
          const [main] = podTemplateOf(object)?.spec?.containers ?? [];
          const both = (resource: string) =>
            `${main?.resources?.requests?.[resource]}/${main?.resources?.limits?.[resource]}`;
          return [identity(object), [at(object.spec, 'replicas'), both('cpu'), both('memory')]];
        }),
    );
    expect(rows).toMatchObject(table);
    const memory = Object.keys(exceptions).map((name) => [name, rows[name]?.[2]]);
    expect(Object.fromEntries(memory)).toEqual(mapValues(exceptions, ({ ours }) => ours));
    const workers = Object.entries(rows).filter(([name]) => name.startsWith('Deployment/koku-celery-worker-'));
    expect(workers.length).toBe(13);
    for (const [name, [replicas, cpu, size]] of workers) {
      const expected = exceptions[name]?.ours ?? '300Mi/512Mi';
      expect([name, cpu, size, replicas]).toEqual([name, '100m/200m', expected, name.includes('subs') ? 0 : 1]);
    }
    const sizes = objectsOf(cluster)
      .filter(({ kind }) => kind === 'PersistentVolumeClaim')
      .map((object) => [identity(object), at(object.spec, 'resources', 'requests', 'storage')]);
    expect(Object.fromEntries(sizes)).toMatchObject(disks);
  });

  /** Rows of the table without a workload yet: Trino with its metastore. */
  const toCome = {
    requests: { cores: 0.65, gibibytes: 2.375 },
    limits: { cores: 1.35, gibibytes: 4.75 },
    gibibytesOfStorage: 12,
  };

  // tools/documentation/facts/decisions.md#ceiling-of-minimal
  test('with sources-api it leaves room under the ceiling for Trino: 8 and 14 cores, 19 and 34 GB, 72 GB of disk', async () => {
    const file = join(root, 'clusters/example-kubernetes-minimal/kustomization.yaml');
    const text = readFileSync(file, 'utf8');
    const stack = 'components:\n';
    writeFileSync(file, text.replace(stack, `${stack}  - ../../overlays/options/sources-api\n`));
    const { objects } = await renderCluster('example-kubernetes-minimal', root);
    expect(objects.map(identity)).toContain('Deployment/sources-api');
    const { requests, limits, gibibytesOfStorage, pods } = summarize(objects);
    const gigabytes = (gibibytes: number) => gibibytes * 1.073741824;
    expect(requests.cores + toCome.requests.cores).toBeLessThanOrEqual(8);
    expect(limits.cores + toCome.limits.cores).toBeLessThanOrEqual(14);
    expect(gigabytes(requests.gibibytes + toCome.requests.gibibytes)).toBeLessThanOrEqual(19);
    expect(gigabytes(limits.gibibytes + toCome.limits.gibibytes)).toBeLessThanOrEqual(34);
    expect(gigabytes(gibibytesOfStorage + toCome.gibibytesOfStorage)).toBeLessThanOrEqual(72);
    expect(pods).toBeLessThanOrEqual(36);
  });
});
