import type { IContainer, ILifecycleHandler, IPodTemplateSpec, ITopologySpreadConstraint } from 'kubernetes-models/v1';
import { environment, environmentFrom, variables } from './environment.ts';
import { podLabels, selectorLabels } from './labels.ts';
import { podKinds } from './pod-kinds.ts';
import { probes } from './probes.ts';
import { connectedPodSecurity, containerSecurity } from './security.ts';
import { alone, sidecarVolumes } from './sidecars.ts';
import type { Workload } from './vocabulary.ts';
import { volumes } from './volumes.ts';
import { waitFor } from './wait-for.ts';

/** Seconds from the order to stop until SIGKILL where a pod says nothing (Kubernetes' default). */
const defaultGracePeriod = 30;

/**
 * The wait is the kubelet's own (tools/documentation/facts/kubernetes.md#the-wait-before-a-stop).
 * @throws Error for a wait after which no time is left to stop in
 */
const beforeStop = (
  { name, gracePeriod = defaultGracePeriod }: Workload,
  declared: NonNullable<Workload['beforeStop']>,
): ILifecycleHandler => {
  if (!('sleep' in declared)) return { exec: { command: [...declared] } };
  if (declared.sleep <= 0 || declared.sleep >= gracePeriod) {
    throw new Error(
      `${name}: the wait before its stop is ${declared.sleep} seconds; it must be more than 0 and less than its grace period of ${gracePeriod}`,
    );
  }
  return { sleep: { seconds: declared.sleep } };
};

const container = (name: string, workload: Workload, mounted: ReturnType<typeof volumes>): IContainer => {
  const from = environmentFrom(workload);
  const ports = Object.values(workload.listens ?? {});
  return {
    name,
    image: workload.image,
    imagePullPolicy: 'IfNotPresent',
    ...(workload.command && { command: [...workload.command] }),
    ...(workload.workingDirectory && { workingDir: workload.workingDirectory }),
    ...(ports.length > 0 && {
      ports: ports.map(({ port, number }) => ({ name: port, containerPort: number, protocol: 'TCP' })),
    }),
    ...(from.length > 0 && { envFrom: from }),
    env: variables(environment(workload)),
    ...probes(workload.probes),
    ...(workload.beforeStop && { lifecycle: { preStop: beforeStop(workload, workload.beforeStop) } }),
    securityContext: containerSecurity,
    volumeMounts: mounted.map(({ mount }) => mount),
  };
};

/** Whether a workload runs to completion. */
export const ends = ({ kind }: Workload): boolean => podKinds[kind].pods === 'end';

/** Spreads replicas over zones and nodes if there are several. It is a preference, so a single node can run all. */
const spread = (name: string): ITopologySpreadConstraint[] =>
  ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selectorLabels(name) },
  }));

/**
 * The pod of a workload. The main container comes first and has the name of the application. Profiles add resources and
 * replicas.
 * @throws Error for sidecars in a pod that runs to completion
 */
export const podTemplate = (workload: Workload, application: string): IPodTemplateSpec => {
  const waits = waitFor(workload);
  const { sidecars = [] } = workload;
  if (sidecars.length > 0 && ends(workload)) {
    throw new Error(`${workload.name}: a ${workload.kind} cannot have sidecars, because its pods would never end`);
  }
  const mounted = volumes(workload);
  const beside = sidecars.map((sidecar) => ({ sidecar, mounted: sidecarVolumes(workload, sidecar) }));
  return {
    metadata: { labels: podLabels(workload, application) },
    spec: {
      serviceAccountName: workload.name,
      automountServiceAccountToken: workload.mayCreate !== undefined,
      // A Service could otherwise set a variable that the process reads
      // (tools/documentation/facts/kubernetes.md#service-links).
      enableServiceLinks: false,
      securityContext: connectedPodSecurity,
      ...(workload.gracePeriod && { terminationGracePeriodSeconds: workload.gracePeriod }),
      ...(ends(workload) ? { restartPolicy: 'Never' } : { topologySpreadConstraints: spread(workload.name) }),
      ...(waits.length > 0 && { initContainers: waits }),
      containers: [
        container(application, workload, mounted),
        ...beside.map((each) => container(each.sidecar.name, alone(workload, each.sidecar), each.mounted)),
      ],
      volumes: [...mounted, ...beside.flatMap((each) => each.mounted)].map(({ volume }) => volume),
    },
  };
};
