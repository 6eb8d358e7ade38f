/** Why a cluster is not healthy: the first unhealthy object, its events, and the end of its log. */
import { namespace } from '@cost-onprem/contracts';
import type { Application, Resource } from './application.ts';
import type { Kubectl } from '../kubernetes/index.ts';

interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state?: Readonly<Record<string, { readonly reason?: string; readonly message?: string }>>;
}

interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

interface Event {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count?: number;
  readonly lastTimestamp?: string;
  readonly involvedObject: { readonly kind: string; readonly name: string };
}

const unhealthy = ({ health }: Resource): boolean =>
  health?.status !== undefined && !['Healthy', 'Suspended'].includes(health.status);

/** A pod's name starts with its controller's name; a Deployment's pods have that of the ReplicaSet. */
const madeBy = ({ metadata: { ownerReferences = [] } }: Pod, name: string): boolean =>
  ownerReferences.some((owner) => owner.name === name || owner.name.replace(/-[^-]+$/, '') === name);

const isFinished = (container: ContainerStatus): boolean => container.state?.['terminated']?.reason === 'Completed';

const logTail = async (kubectl: Kubectl, pod: string, { name, restartCount }: ContainerStatus): Promise<string> => {
  const args = ['logs', pod, '-n', namespace, '-c', name, '--tail=15'];
  // A container that just restarted has no log yet; the log of its predecessor gives the reason.
  const previous = restartCount > 0 ? [...args, '--previous'] : args;
  return (await kubectl.run(previous).catch(() => kubectl.run(args).catch(() => ({ out: '' })))).out.trimEnd();
};

const podReason = async (kubectl: Kubectl, { metadata, status }: Pod): Promise<readonly string[]> => {
  const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const stuck = containers.find((container) => !container.ready && !isFinished(container));
  if (!stuck) return [`  pod ${metadata.name}: ${status?.phase ?? 'without a status'}`];
  const [[now = '', why = {}] = []] = Object.entries(stuck.state ?? {});
  const restarts = stuck.restartCount > 0 ? `, ${stuck.restartCount} restarts` : '';
  const head = `  pod ${metadata.name}, container ${stuck.name}: ${[now, why.reason, why.message].filter(Boolean).join(', ')}${restarts}`;
  const log = await logTail(kubectl, metadata.name, stuck);
  return [
    head,
    ...log
      .split('\n')
      .filter(Boolean)
      .map((line) => `    | ${line}`),
  ];
};

/** Lines about the first unhealthy object of an Application; none when all are healthy. */
export const unhealthyReason = async (kubectl: Kubectl, { status }: Application): Promise<readonly string[]> => {
  const [first] = (status?.resources ?? []).filter(unhealthy).toSorted((a, b) => (a.syncWave ?? 0) - (b.syncWave ?? 0));
  if (!first) return [];
  const { items: pods } = await kubectl.get<{ readonly items: readonly Pod[] }>(['pods', '-n', namespace]);
  const { items: events } = await kubectl.get<{ readonly items: readonly Event[] }>(['events', '-n', namespace]);
  const own = pods.filter((pod) => madeBy(pod, first.name));
  const names = new Set([first.name, ...own.map(({ metadata }) => metadata.name)]);
  const warnings = events
    .filter(({ type, involvedObject }) => type === 'Warning' && names.has(involvedObject.name))
    .toSorted((a, b) => (a.lastTimestamp ?? '').localeCompare(b.lastTimestamp ?? ''))
    .slice(-3);
  const worst = own.find((pod) => pod.status?.phase !== 'Succeeded');
  return [
    `${first.kind}/${first.name} is ${first.health?.status}: ${first.health?.message ?? 'without a message'}`,
    ...warnings.map(({ involvedObject, reason, message }) => `  ${involvedObject.name}: ${reason}: ${message}`),
    ...(worst ? await podReason(kubectl, worst) : []),
  ];
};
