/** What a cluster may do without has one label on all its objects, by which an option removes them. */
import { expect, test } from 'vitest';
import { mergeable, workload, type Application, type Base, type KustomizeFolder } from '../src/index.ts';
import { basesOf, credentials, database, rendered, shop } from './shop.ts';

const label = { 'cost-onprem/only-for': 'resource-optimization' };

const settings = mergeable({ name: 'shop-settings', purpose: 'Settings.', settings: { hours: { purpose: 'When.' } } });

/** Labels of all objects of a folder that are written or generated. */
const labelsOf = ({ objects, kustomization }: KustomizeFolder): readonly unknown[] => [
  ...Object.values(objects)
    .flatMap((each) => Object.values(rendered(each)))
    .map((object) => (object as { metadata: { labels?: object } }).metadata.labels),
  ...((kustomization['configMapGenerator'] ?? []) as readonly { options?: { labels?: object } }[]).map(
    ({ options }) => options?.labels,
  ),
];

const base: Base = {
  workloads: [{ ...database, files: [{ configMap: 'rules', mountPath: '/rules', contents: { a: 'b' } }] }],
  settings: [settings],
  makes: [credentials],
  contributes: [{ configMap: 'route', contents: { a: 'b' } }],
  rules: [{ name: 'stock', rules: [], onlyFor: 'resource-optimization' }],
};

const baseOf = (declared: Application): KustomizeFolder => {
  const { '.': folder } = basesOf(declared);
  if (!folder) throw new Error('there is no base');
  return folder;
};

test('the purpose of an application or of a base is on each of its objects: ConfigMaps and requests for Secrets too', () => {
  const ofApplication = baseOf({ name: 'shop', onlyFor: 'resource-optimization', bases: { '.': base } });
  const ofBase = baseOf({ name: 'shop', bases: { '.': { ...base, onlyFor: 'resource-optimization' } } });
  expect(ofBase).toEqual(ofApplication);
  const all = labelsOf(ofApplication);
  // StatefulSet, Service, claim, account, two policies, request for a Secret, rules; and four ConfigMaps.
  expect(all.length).toBeGreaterThanOrEqual(12);
  for (const labels of all) expect(labels).toMatchObject(label);
});

test('what is there for everything has no such label', () => {
  const { rules: _, ...rest } = base;
  expect(JSON.stringify(labelsOf(baseOf({ name: 'shop', bases: { '.': rest } })))).not.toContain('only-for');
});

test('files for a purpose may be missing, while their pod needs its other files', () => {
  const files = [
    { configMap: 'always', mountPath: '/always', contents: { a: 'b' } },
    { configMap: 'advice', mountPath: '/advice', contents: { a: 'b' }, onlyFor: 'resource-optimization' },
  ] as const;
  const folder = baseOf({ name: 'shop', bases: { '.': { workloads: [{ ...shop, files }] } } });
  expect(rendered(folder.objects['shop.yaml'] ?? [])['Deployment/shop']).toMatchObject({
    spec: {
      template: {
        spec: {
          volumes: expect.arrayContaining([
            { name: 'always', configMap: { name: 'always' } },
            { name: 'advice', configMap: { name: 'advice', optional: true } },
          ]) as unknown,
        },
      },
    },
  });
  expect(folder.kustomization['configMapGenerator']).toMatchObject([
    { name: 'always' },
    { name: 'advice', options: { labels: label } },
  ]);
});

test('an object has one purpose', () => {
  const exporter = workload({ ...shop, onlyFor: 'monitoring' });
  expect(() =>
    basesOf({ name: 'shop', onlyFor: 'resource-optimization', bases: { '.': { workloads: [exporter] } } }),
  ).toThrow('shop: is only for monitoring, but its base is only for resource-optimization; an object has one purpose');
});
