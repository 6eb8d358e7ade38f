import { expect, test } from 'vitest';
import type { Manifest } from '../../manifests/src/manifest.ts';
import { changesOf, linesOf } from '../src/describe.ts';

interface Parts {
  readonly image?: string;
  readonly memory?: string;
  readonly settings?: string;
  readonly replicas?: number;
}

const workload = (
  kind: string,
  name: string,
  { image = 'example.com/shop:1', memory = '1Gi', settings = 'shop-2bcdfghkmt', replicas = 1 }: Parts = {},
): Manifest => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name },
  spec: {
    replicas,
    template: {
      spec: {
        initContainers: [{ name: 'wait', image }],
        containers: [
          { name: 'main', image, resources: { limits: { memory } }, envFrom: [{ configMapRef: { name: settings } }] },
        ],
      },
    },
  },
});

const object = (kind: string, name: string, more: object = {}): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata: { name },
  ...more,
});

const lines = (before: readonly Manifest[], after: readonly Manifest[]): readonly string[] =>
  linesOf(changesOf(before, after)).map((line) => line.trim().replaceAll(/ {2,}/g, ' | '));

test('an image is one line, with each object once, and names what restarts', () => {
  const both = (image: string) => [workload('Deployment', 'shop', { image }), workload('StatefulSet', 'db', { image })];
  expect(lines(both('example.com/shop:1'), both('example.com/shop:2'))).toEqual([
    'changed | image example.com/shop: 1 → 2 | [Deployment/shop, StatefulSet/db]',
    'pods restart | Deployment/shop',
    'servers restart | StatefulSet/db',
  ]);
});

test('a size names its field and both values, and replicas restart nothing', () => {
  expect(
    lines([workload('Deployment', 'shop')], [workload('Deployment', 'shop', { memory: '2Gi', replicas: 2 })]),
  ).toEqual([
    'changed | replicas: 1 → 2 | [Deployment/shop]',
    'changed | containers.main.resources.limits.memory: 1Gi → 2Gi | [Deployment/shop]',
    'pods restart | Deployment/shop',
  ]);
  expect(lines([workload('Deployment', 'shop')], [workload('Deployment', 'shop', { replicas: 2 })])).toEqual([
    'changed | replicas: 1 → 2 | [Deployment/shop]',
  ]);
});

test('a setting restarts its readers, and its ConfigMap is neither added nor removed', () => {
  const side = (hash: string, value: string) => [
    object('ConfigMap', `shop-${hash}`, { data: { COLOUR: value } }),
    workload('Deployment', 'shop', { settings: `shop-${hash}` }),
  ];
  expect(lines(side('2bcdfghkmt', 'red'), side('4bcdfghkmt', 'blue'))).toEqual([
    'changed | data.COLOUR: red → blue | [ConfigMap/shop]',
    'pods restart | Deployment/shop',
  ]);
});

test('an object that holds data is removed only after a question', () => {
  const asks = { metadata: { name: 'data', annotations: { 'argocd.argoproj.io/sync-options': 'Prune=confirm' } } };
  const claim: Manifest = { ...object('PersistentVolumeClaim', 'data'), ...asks };
  expect(lines([claim, object('Service', 'old')], [object('Service', 'new')])).toEqual([
    'added | Service/new',
    'removed | PersistentVolumeClaim/data (Argo CD asks first), Service/old',
  ]);
});

test('equal renders have no change', () => {
  expect(lines([workload('Deployment', 'shop')], [workload('Deployment', 'shop')])).toEqual(['no change']);
});
