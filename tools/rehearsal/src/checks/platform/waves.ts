import { namespace } from '@cost-onprem/contracts';
import { readySince, runningPods, workloadOf, type Kubectl } from '../../kubernetes/index.ts';
import type { Rehearsed, Trial } from '../check.ts';

/** The fields of a Deployment, a StatefulSet or a Job that the check reads. */
export interface Stored {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly creationTimestamp: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly object[];
  };
  readonly spec?: { readonly replicas?: number };
  readonly status?: { readonly completionTime?: string };
}

const waveOf = ({ metadata }: Stored): number => Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);

/** When a workload first reached the state that its wave waits for: its pods Ready, its Job complete. */
const doneAt = async (kubectl: Kubectl): Promise<(object: Stored) => string | undefined> => {
  const pods = await runningPods(kubectl);
  return ({ kind, metadata, spec, status }) => {
    if (kind === 'Job') return status?.completionTime;
    if (spec?.replicas === 0) return metadata.creationTimestamp;
    const times = pods.filter((pod) => workloadOf(pod) === metadata.name).map((pod) => readySince(pod) ?? '');
    return times.toSorted().at(0);
  };
};

/**
 * The first pair of workloads whose later one was created before the earlier one was done.
 *
 * Leaves out a Job with an owner, because its CronJob creates it by the clock, and no wave waits for it.
 */
export const firstOutOfOrder = (
  items: readonly Stored[],
  done: (object: Stored) => string | undefined,
): { readonly earlier: Stored; readonly later: Stored } | undefined => {
  const synced = items.filter(({ metadata }) => (metadata.ownerReferences ?? []).length === 0);
  const pairs = synced.flatMap((earlier) =>
    synced.filter((later) => waveOf(later) > waveOf(earlier)).map((later) => ({ earlier, later })),
  );
  if (pairs.length === 0) throw new Error('the cluster has only one wave');
  return pairs.find(({ earlier, later }) => (done(earlier) ?? '~') > later.metadata.creationTimestamp);
};

/**
 * Examines a fresh cluster. A second sync recreates Jobs, which are hooks, so the check runs before one.
 */
export const wavesInOrder: Trial = {
  title: 'the waves came in order: no object of a wave was created before the workloads of the previous wave were done',
  run: async ({ kubectl }: Rehearsed) => {
    const kinds = 'deployments,statefulsets,jobs';
    const { items } = await kubectl.get<{ readonly items: readonly Stored[] }>([kinds, '-n', namespace]);
    const done = await doneAt(kubectl);
    const wrong = firstOutOfOrder(items, done);
    if (wrong)
      throw new Error(
        `${wrong.later.kind}/${wrong.later.metadata.name} was created at ${wrong.later.metadata.creationTimestamp}, before ${wrong.earlier.kind}/${wrong.earlier.metadata.name} was done at ${done(wrong.earlier)}`,
      );
  },
};
