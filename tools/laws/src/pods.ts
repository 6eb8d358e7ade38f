/** Laws about every pod: it sees no more than it needs, has limits, and pins its image. */
import { toMebibytes, toMillicores } from '@cost-onprem/kit/quantity';
import { at, type Container } from '../../manifests/src/manifest.ts';
import { eachContainer, eachOperatorContainer, eachPod } from './law.ts';

const when = (fault: unknown, sentence: string): readonly string[] => (fault ? [sentence] : []);

/** What PodSecurity `restricted` allows and our pods do not need. Kubernetes' own evaluator judges the rest. */
export const restricted = [
  eachPod((pod) => [
    ...when(
      pod.enableServiceLinks !== false,
      'gets variables of Services, which some applications take for settings: set enableServiceLinks: false',
    ),
    ...when(pod.shareProcessNamespace, 'lets its containers see each other’s processes: remove shareProcessNamespace'),
  ]),
  eachContainer(({ securityContext = {} }) =>
    when(!securityContext.readOnlyRootFilesystem, 'has a writable root: set readOnlyRootFilesystem: true'),
  ),
] as const;

const rangeFaults = (
  { resources = {} }: Pick<Container, 'resources'>,
  resource: 'cpu' | 'memory' | 'ephemeral-storage',
  amount: (quantity: string | number) => number,
): readonly string[] => {
  const request = resources.requests?.[resource];
  const limit = resources.limits?.[resource];
  if (request === undefined || limit === undefined) {
    return [
      `has no ${request === undefined ? 'request' : 'limit'} for ${resource}: the profile gives both, and comes last`,
    ];
  }
  return when(amount(request) > amount(limit), `requests ${request} of ${resource}, over its limit of ${limit}`);
};

const boundFaults = (container: Pick<Container, 'resources'>): readonly string[] => [
  ...rangeFaults(container, 'cpu', toMillicores),
  ...rangeFaults(container, 'memory', toMebibytes),
  ...rangeFaults(container, 'ephemeral-storage', toMebibytes),
];

/** Requests and limits for CPU, memory and the disk of the node, and none over its limit. */
export const bounded = eachContainer(boundFaults);

/** The same for pods that an operator makes. */
export const boundedByOperator = eachOperatorContainer(boundFaults);

const sum = (quantities: readonly (string | number)[]): number =>
  quantities.reduce<number>((total, quantity) => total + toMebibytes(quantity), 0);

/** Each empty folder says how much it may hold, and the limits of the containers leave room for all that are on disk. */
export const boundedFolders = eachPod(({ containers = [], volumes = [] }) => {
  const folders = volumes.filter(({ emptyDir }) => emptyDir !== undefined);
  const unbounded = folders.filter(({ emptyDir }) => emptyDir?.sizeLimit === undefined);
  const onDisk = sum(
    folders.flatMap(({ emptyDir }) => (emptyDir?.medium === 'Memory' ? [] : (emptyDir?.sizeLimit ?? []))),
  );
  const limit = sum(containers.flatMap(({ resources }) => resources?.limits?.['ephemeral-storage'] ?? []));
  return [
    ...unbounded.map(({ name }) => `volume ${name} has no sizeLimit: a pod could fill the disk of its node`),
    ...when(
      limit < onDisk,
      `may fill its folders with ${onDisk}Mi, over the ephemeral-storage limit of its containers, ${limit}Mi, and would be evicted before: raise the limit too`,
    ),
  ];
});

/** Seconds in which a pod stops where it says nothing (Kubernetes' default). */
const gracePeriod = 30;

/** A pod has time left to stop in after the kubelet's wait (tools/documentation/facts/kubernetes.md#the-wait-before-a-stop). */
export const stopsInTime = eachPod(({ containers = [], terminationGracePeriodSeconds: grace = gracePeriod }) =>
  containers.flatMap(({ name, lifecycle }) => {
    const wait = lifecycle?.preStop?.sleep?.seconds ?? 0;
    return when(
      wait > 0 && wait >= grace,
      `container ${name}: waits ${wait} seconds before its stop, and then has no time to stop: terminationGracePeriodSeconds is ${grace}`,
    );
  }),
);

/** The containers of a pod share its network: a port, and the name of a port, is one container's alone. */
export const portsOnce = eachPod(({ containers = [] }) => {
  const ports = containers.flatMap(({ name: container, ports: own = [] }) =>
    own.map(({ name = '', containerPort }) => ({ container, name, containerPort })),
  );
  return ports.flatMap((port, index) => {
    const other = ports
      .slice(0, index)
      .find(({ name, containerPort }) => containerPort === port.containerPort || (name && name === port.name));
    return other
      ? [
          `containers ${other.container} and ${port.container} both have port ${port.containerPort === other.containerPort ? port.containerPort : port.name}`,
        ]
      : [];
  });
});

/** A volume that comes and goes with its pod says how large it is; the API server would refuse the pod, not its owner. */
export const sizedEphemeral = eachPod(({ volumes = [] }) =>
  volumes
    .filter(({ ephemeral }) => ephemeral)
    .filter(({ ephemeral }) => !at(ephemeral?.volumeClaimTemplate?.spec, 'resources', 'requests', 'storage'))
    .map(({ name }) => `ephemeral volume ${name} has no size: its claim must request storage`),
);

/**
 * Renovate can order a tag that begins with a version with a dot, contains a date, or is a commit's hash of 7 digits or
 * more. Any other tag may mean another image tomorrow.
 */
const ordered: readonly RegExp[] = [
  /^v?\d+\.\d+/,
  /(?:^|\D)20\d{2}(?:-[01]\d-[0-3]\d|[01]\d[0-3]\d)/,
  /^(?:sha-)?(?=.*\d)[0-9a-f]{7,40}$/,
];

/** Why an image has no fixed version, as the rest of a sentence. */
export const imageFaults = (image: string): readonly string[] => {
  const [, tag] = /[^/]:([^/@]+)(?:@|$)/.exec(image) ?? [];
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return [];
  if (!tag) return [`image ${image} has no tag`];
  return when(
    !ordered.some((form) => form.test(tag)),
    `image ${image} floats: its tag must begin with a version with a dot, contain a date, or be a commit’s hash; or pin a digest`,
  );
};

/** Each image has a tag or a digest that never changes. */
export const pinned = eachContainer(({ image = '' }) => imageFaults(image));

/** The same for images in an operator's objects. */
export const pinnedByOperator = eachOperatorContainer(({ image }) => (image === undefined ? [] : imageFaults(image)));
