import type { KustomizeFolder } from './base.ts';
import { cpu, memory } from './quantity.ts';
import type { NodeSize, PodSize, Profile, Size, Storage } from './size.ts';

const head = { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' } as const;

/** What the writer adds is JSON 6902 with a target: half the cost of strategic merges, and skipped where absent. */
const patch = (kind: string, name: string, operations: readonly object[]) => ({
  target: { kind, name },
  patch: `${operations.map((operation) => `- ${JSON.stringify(operation)}`).join('\n')}\n`,
});

const add = (path: string, value: unknown) => ({ op: 'add', path, value });

const requirements = ({ millicores, mebibytes }: PodSize) => ({
  requests: { cpu: cpu(millicores.request), memory: memory(mebibytes.request) },
  limits: { cpu: cpu(millicores.limit), memory: memory(mebibytes.limit) },
});

/** The main container comes first in every pod. */
const resources = (size: PodSize, template = '/spec/template') =>
  add(`${template}/spec/containers/0/resources`, requirements(size));

/** Nodes that Strimzi runs. */
const nodePool = 'KafkaNodePool';

/** Java gets its whole heap at once: what is not there in the end is missed at the start. */
const java = ({ heap }: NodeSize) => add('/spec/jvmOptions', { '-Xms': `${heap}m`, '-Xmx': `${heap}m` });

/** The Component of a profile; its ConfigMap makes two profiles in one cluster abort in plain `kustomize build`. */
export const profileComponent = <
  Service extends string,
  Job extends string,
  CronJob extends string,
  Pool extends string,
  Key extends string,
>(
  { services, jobs, cronJobs, nodePools, settings }: Profile<Service, Job, CronJob, Pool, Key>,
  configMap: string,
): KustomizeFolder => ({
  kustomization: {
    ...head,
    configMapGenerator: [
      {
        name: configMap,
        literals: Object.entries<string>(settings).map(([key, value]) => `${key}=${value}`),
      },
    ],
    patches: [
      ...Object.entries<Size>(services).map(([name, size]) =>
        patch('Deployment|StatefulSet', name, [add('/spec/replicas', size.replicas), resources(size)]),
      ),
      ...Object.entries<PodSize>(jobs).map(([name, size]) => patch('Job', name, [resources(size)])),
      ...Object.entries<PodSize>(cronJobs).map(([name, size]) =>
        patch('CronJob', name, [resources(size, '/spec/jobTemplate/spec/template')]),
      ),
      ...Object.entries<NodeSize>(nodePools).map(([name, size]) =>
        patch(nodePool, name, [add('/spec/resources', requirements(size)), java(size)]),
      ),
    ],
  },
  objects: {},
  texts: {},
});

/** The Component that gives each claim, and each node's disk, its size. */
export const storageComponent = <Claim extends string, Pool extends string>({
  gibibytes,
  nodePools,
}: Storage<Claim, Pool>): KustomizeFolder => ({
  kustomization: {
    ...head,
    patches: [
      ...Object.entries<number>(gibibytes).map(([name, size]) =>
        patch('PersistentVolumeClaim', name, [add('/spec/resources', { requests: { storage: `${size}Gi` } })]),
      ),
      ...Object.entries<number>(nodePools).map(([name, size]) =>
        patch(nodePool, name, [add('/spec/storage/volumes/0/size', `${size}Gi`)]),
      ),
    ],
  },
  objects: {},
  texts: {},
});
