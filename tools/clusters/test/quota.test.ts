/** The quota that is enough for a cluster, and the limits that refuse none of its containers: on objects of our own. */
import { toMebibytes, toMillicores } from '@cost-onprem/kit/quantity';
import { dump } from 'js-yaml';
import { expect, test } from 'vitest';
import type { Manifest, PodSpec } from '../../manifests/src/manifest.ts';
import { schemaFaults } from '../src/kubeconform.ts';
import { largestRatios, limitsOf, namespaceObjects, quotaOf } from '../src/quota.ts';

type Bounds = readonly [cpu: string, memory: string, disk: string];

const container = (name: string, requests: Bounds, limits: Bounds = requests) => {
  const named = ([cpu, memory, disk]: Bounds) => ({ cpu, memory, 'ephemeral-storage': disk });
  return { name, image: 'example.com/image:1', resources: { requests: named(requests), limits: named(limits) } };
};

const unit = container('unit', ['1', '1Gi', '1Gi']);
const pod = (...containers: NonNullable<PodSpec['containers']>): PodSpec => ({ containers });

const object = (apiVersion: string, kind: string, name: string, spec: Readonly<Record<string, unknown>>): Manifest => ({
  apiVersion,
  kind,
  metadata: { name },
  spec,
});

const deployment = (name: string, replicas: number, spec: PodSpec, more: Readonly<Record<string, unknown>> = {}) =>
  object('apps/v1', 'Deployment', name, { replicas, template: { spec }, ...more });

const cores = (...objects: readonly Manifest[]): readonly unknown[] => {
  const { pods, 'requests.cpu': cpu } = quotaOf(objects);
  return [pods, cpu];
};

test('a Deployment counts twice, because its old and its new pods exist at once while it rolls', () => {
  expect(cores(deployment('rolls', 3, pod(unit)))).toEqual(['6', '6']);
});

test('pods that start only after the old ones have gone count once', () => {
  expect(cores(deployment('waits', 1, pod(unit), { strategy: { type: 'Recreate' } }))).toEqual(['1', '1']);
  expect(cores(object('apps/v1', 'StatefulSet', 'data', { replicas: 2, template: { spec: pod(unit) } }))).toEqual([
    '2',
    '2',
  ]);
});

test('a Deployment counts with as many pods as its autoscaler may start', () => {
  const scaler = object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
    scaleTargetRef: { kind: 'Deployment', name: 'web' },
    minReplicas: 1,
    maxReplicas: 4,
  });
  expect(cores(deployment('web', 1, pod(unit)), scaler)).toEqual(['8', '8']);
});

test('Jobs and CronJobs run beside all others, with all pods that work in parallel', () => {
  const job = object('batch/v1', 'Job', 'once', { template: { spec: pod(unit) } });
  const nightly = object('batch/v1', 'CronJob', 'nightly', {
    jobTemplate: { spec: { parallelism: 3, template: { spec: pod(unit) } } },
  });
  expect(cores(job, nightly)).toEqual(['4', '4']);
});

test('a pod counts with its containers together, or with an init container that is larger', () => {
  const first = container('first', ['5', '1Gi', '1Gi']);
  const spec = { ...pod(unit, container('beside', ['500m', '1536Mi', '1Gi'])), initContainers: [first] };
  expect(quotaOf([deployment('web', 1, spec, { strategy: { type: 'Recreate' } })])).toMatchObject({
    'requests.cpu': '5',
    'limits.cpu': '5',
    'requests.memory': '2560Mi',
    'limits.ephemeral-storage': '2Gi',
  });
});

test('an operator’s nodes with disks are replaced in place, each with its claim', () => {
  const { resources } = unit;
  const nodes = object('kafka.strimzi.io/v1', 'KafkaNodePool', 'nodes', {
    replicas: 3,
    resources,
    storage: { type: 'jbod', volumes: [{ id: 0, size: '10Gi' }] },
  });
  const claim = object('v1', 'PersistentVolumeClaim', 'data', { resources: { requests: { storage: '500Mi' } } });
  expect(quotaOf([nodes, claim])).toMatchObject({
    pods: '3',
    persistentvolumeclaims: '4',
    'requests.storage': `${3 * 10 * 1024 + 500}Mi`,
  });
});

const mixed = deployment('web', 1, {
  initContainers: [container('first', ['10m', '16Mi', '8Mi'], ['300m', '64Mi', '8Mi'])],
  containers: [
    container('main', ['1', '1Gi', '64Mi'], ['2', '2Gi', '1Gi']),
    container('side', ['100m', '64Mi', '32Mi'], ['200m', '64Mi', '32Mi']),
  ],
});

test('limits of containers hold for init containers too, and those of pods for their sums', () => {
  expect(limitsOf([mixed])).toEqual([
    {
      type: 'Container',
      min: { cpu: '10m', memory: '16Mi', 'ephemeral-storage': '8Mi' },
      max: { cpu: '2', memory: '2Gi', 'ephemeral-storage': '1Gi' },
      maxLimitRequestRatio: { cpu: '30', memory: '4', 'ephemeral-storage': '16' },
    },
    {
      type: 'Pod',
      min: { cpu: '1100m', memory: '1088Mi', 'ephemeral-storage': '96Mi' },
      max: { cpu: '2200m', memory: '2113Mi', 'ephemeral-storage': '1056Mi' },
      maxLimitRequestRatio: { cpu: '2', memory: '1.942', 'ephemeral-storage': '11' },
    },
  ]);
});

test('the container with the largest ratio is named for each resource', () => {
  expect(
    largestRatios([mixed]).map(({ resource, owner, container: name, ratio }) => [resource, owner, name, ratio]),
  ).toEqual([
    ['cpu', 'Deployment/web', 'first', 30],
    ['memory', 'Deployment/web', 'first', 4],
    ['ephemeral-storage', 'Deployment/web', 'main', 16],
  ]);
});

test('cert-manager’s pod counts too where the router may connect to it, with a default for what it does not set', () => {
  const policy = object('networking.k8s.io/v1', 'NetworkPolicy', 'allow-router-to-http01-solver', {});
  const web = deployment('web', 1, pod(unit), { strategy: { type: 'Recreate' } });
  expect(cores(web, policy)).toEqual(['2', '1010m']);
  const [containers] = limitsOf([web, policy]);
  expect(containers).toMatchObject({
    default: { 'ephemeral-storage': '64Mi' },
    min: { cpu: '10m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
    maxLimitRequestRatio: { cpu: '10' },
  });
});

test('Kubernetes knows both objects, and no ratio is over max / min, which it would refuse', async () => {
  const { quota, limits } = namespaceObjects([mixed], 'elsewhere');
  expect(await schemaFaults([quota, limits].map((made) => dump(made)).join('---\n'))).toEqual([]);
  for (const { min, max, maxLimitRequestRatio } of limits.spec.limits)
    for (const [resource, ratio] of Object.entries(maxLimitRequestRatio)) {
      const amount = resource === 'cpu' ? toMillicores : toMebibytes;
      const widest = amount(max[resource] ?? '') / amount(min[resource] ?? '');
      expect([resource, Number(ratio) <= widest]).toEqual([resource, true]);
    }
});
