/** The quota and the limits of a namespace in which a rendered cluster always gets its pods. */
import { cpu, memory, toMebibytes } from '@cost-onprem/kit/quantity';
import { mapValues } from '@cost-onprem/kit/records';
import { disksOf } from '../../manifests/src/disks.ts';
import { at, containersOf, identity, podKindOf, type Manifest } from '../../manifests/src/manifest.ts';
import { podsOf, type Pods } from '../../manifests/src/pods.ts';
import { amountsOf, counts, podAmount } from './summary.ts';

/** The default of `ephemeral-storage` for containers that set none: those of other makers in our namespace. */
const guestStorage = '64Mi';

type Bound = 'requests' | 'limits';

/** Millicores, Mi of memory, or Mi of the nodes' disks. */
type Amounts = Readonly<Record<keyof typeof counts, number>>;

const resources = Object.keys(counts) as readonly (keyof typeof counts)[];

/** Writes an amount in Kubernetes' notation, rounded up to whole units. */
const written = (resource: keyof typeof counts, amount: number): string =>
  resource === 'millicores' ? cpu(Math.ceil(amount)) : memory(Math.ceil(amount));

/** The replicas of a Deployment with an autoscaler may grow to its maximum. */
const mostReplicas = (object: Manifest, objects: readonly Manifest[], replicas: number): number => {
  const scaler = objects.find(
    ({ kind, spec }) =>
      kind === 'HorizontalPodAutoscaler' &&
      at(spec, 'scaleTargetRef', 'kind') === object.kind &&
      at(spec, 'scaleTargetRef', 'name') === object.metadata.name,
  );
  return Math.max(replicas, Number(at(scaler?.spec, 'maxReplicas') ?? 0));
};

/** What the pods that cert-manager starts for the option http01-solver have (tools/documentation/facts/routers.md#http-01-solver). */
const solver: Pods = {
  replicas: 1,
  labels: {},
  spec: {
    containers: [
      {
        name: 'acmesolver',
        resources: {
          requests: { cpu: '10m', memory: '64Mi', 'ephemeral-storage': guestStorage },
          limits: { cpu: '100m', memory: '64Mi', 'ephemeral-storage': guestStorage },
        },
      },
    ],
  },
};

/** The namespace also gets pods that no object of ours describes. */
const guestsOf = (objects: readonly Manifest[]): readonly Pods[] =>
  objects.some(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'allow-router-to-http01-solver')
    ? [solver]
    : [];

/** Whether new pods start beside the old ones. An operator's pods without disks are those of a Deployment. */
const rollsBeside = (object: Manifest): boolean =>
  podKindOf(object)
    ? object.kind === 'Deployment' && at(object.spec, 'strategy', 'type') !== 'Recreate'
    : disksOf(object).length === 0;

/**
 * The pods of an object that may exist at once. While a Deployment rolls, its new pods start before its old ones have gone, and
 * a quota counts a pod until its grace period ends (tools/documentation/facts/kubernetes.md#what-a-quota-counts): at worst all
 * old and all new pods. `Recreate` and a StatefulSet wait until the old pod is gone. A Job or CronJob may run beside all others.
 */
const mostPods = (object: Manifest, objects: readonly Manifest[], replicas: number): number => {
  if (podKindOf(object)?.pods === 'end')
    return Number(at(object.spec, 'parallelism') ?? at(object.spec, 'jobTemplate', 'spec', 'parallelism') ?? 1);
  const most = mostReplicas(object, objects, replicas);
  return rollsBeside(object) ? 2 * most : most;
};

interface Counted {
  readonly pods: number;
  readonly requests: Amounts;
  readonly limits: Amounts;
}

const counted = ({ spec }: Pods, pods: number): Counted => ({
  pods,
  requests: podAmount(spec, 'requests'),
  limits: podAmount(spec, 'limits'),
});

const countedOf = (objects: readonly Manifest[]): readonly Counted[] => [
  ...objects.flatMap((object) => podsOf(object).map((pods) => counted(pods, mostPods(object, objects, pods.replicas)))),
  ...guestsOf(objects).map((pods) => counted(pods, pods.replicas)),
];

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const ephemeralClaims = (objects: readonly Manifest[]): readonly { readonly copies: number; readonly size: string }[] =>
  objects.flatMap((object) =>
    podsOf(object).flatMap(({ spec, replicas }) =>
      (spec.volumes ?? []).flatMap(({ ephemeral }) => {
        const size = at(ephemeral?.volumeClaimTemplate?.spec, 'resources', 'requests', 'storage');
        return size ? [{ copies: mostPods(object, objects, replicas), size: String(size) }] : [];
      }),
    ),
  );

/** The smallest `hard` of a ResourceQuota that refuses no pod and no claim, also while everything rolls at once. */
export const quotaOf = (objects: readonly Manifest[]): Readonly<Record<string, string>> => {
  const all = countedOf(objects);
  const total = (bound: Bound) =>
    Object.fromEntries(
      resources.map((resource) => [
        `${bound}.${counts[resource]}`,
        written(resource, sum(all.map((pod) => pod.pods * pod[bound][resource]))),
      ]),
    );
  const disks = [
    ...objects.flatMap(disksOf).map(({ copies, size }) => ({ copies, size: String(size ?? '0') })),
    ...ephemeralClaims(objects),
  ];
  return {
    pods: String(sum(all.map(({ pods }) => pods))),
    ...total('requests'),
    ...total('limits'),
    persistentvolumeclaims: String(sum(disks.map(({ copies }) => copies))),
    'requests.storage': memory(Math.ceil(sum(disks.map(({ copies, size }) => copies * toMebibytes(size))))),
  };
};

/** One item of a LimitRange. */
export interface Limits {
  readonly type: 'Container' | 'Pod';
  readonly min: Readonly<Record<string, string>>;
  readonly max: Readonly<Record<string, string>>;
  readonly maxLimitRequestRatio: Readonly<Record<string, string>>;
  /** For containers that set none. */
  readonly default?: Readonly<Record<string, string>>;
}

const limitsFor = (
  type: Limits['type'],
  bounds: readonly { readonly requests: Amounts; readonly limits: Amounts }[],
): Limits => {
  const each = (value: (resource: keyof typeof counts) => string) =>
    Object.fromEntries(resources.map((resource) => [counts[resource], value(resource)]));
  const least = (resource: keyof typeof counts) => Math.min(...bounds.map(({ requests }) => requests[resource]));
  // Kubernetes compares with three decimals, so round up at the third.
  const ratio = (resource: keyof typeof counts) =>
    Math.ceil(Math.max(...bounds.map(({ requests, limits }) => limits[resource] / requests[resource])) * 1000 - 1e-6) /
    1000;
  // The API server refuses a ratio over max / min.
  const most = (resource: keyof typeof counts) =>
    Math.max(...bounds.map(({ limits }) => limits[resource]), ratio(resource) * least(resource) - 1e-6);
  return {
    type,
    min: each((resource) => written(resource, least(resource))),
    max: each((resource) => written(resource, most(resource))),
    maxLimitRequestRatio: each((resource) => String(ratio(resource))),
  };
};

/**
 * The narrowest LimitRange that refuses no container, init containers included, and no pod. Kubernetes holds each container to
 * the limits of containers, and the sums of a pod to those of pods.
 */
export const limitsOf = (objects: readonly Manifest[]): readonly Limits[] => {
  const guests = guestsOf(objects);
  const pods = [...objects.flatMap(podsOf), ...guests].map(({ spec }) => spec);
  const containers = pods.flatMap(containersOf);
  const bounded = (bound: Bound) => amountsOf(containers, bound);
  const requests = bounded('requests');
  return [
    {
      ...limitsFor(
        'Container',
        bounded('limits').map((limits, index) => ({ limits, requests: requests[index] ?? limits })),
      ),
      ...(guests.length > 0 && { default: { 'ephemeral-storage': guestStorage } }),
    },
    limitsFor(
      'Pod',
      pods.map((spec) =>
        mapValues({ requests: 'requests', limits: 'limits' } as const, (bound) => podAmount(spec, bound)),
      ),
    ),
  ];
};

/** A container and its limit, divided by its request. */
export interface Ratio {
  readonly resource: string;
  readonly owner: string;
  readonly container: string;
  readonly ratio: number;
}

/** The container with the largest ratio of limit to request, for each resource. */
export const largestRatios = (objects: readonly Manifest[]): readonly Ratio[] =>
  resources.flatMap((resource): readonly Ratio[] => {
    const all = objects.flatMap((object) =>
      podsOf(object).flatMap(({ spec }) =>
        containersOf(spec).map((container) => {
          const [[limit], [request]] = [amountsOf([container], 'limits'), amountsOf([container], 'requests')];
          return {
            resource: counts[resource],
            owner: identity(object),
            container: container.name,
            ratio: (limit?.[resource] ?? 0) / (request?.[resource] ?? 0),
          };
        }),
      ),
    );
    const [largest] = all.toSorted((a, b) => b.ratio - a.ratio);
    return largest ? [largest] : [];
  });

/** The objects that the administrator of a namespace creates for a cluster. */
export const namespaceObjects = (objects: readonly Manifest[], name: string) => {
  const metadata = { name, namespace: name };
  return {
    quota: { apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard: quotaOf(objects) } },
    limits: { apiVersion: 'v1', kind: 'LimitRange', metadata, spec: { limits: limitsOf(objects) } },
  };
};
