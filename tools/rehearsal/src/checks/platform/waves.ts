import { namespace } from '@cost-onprem/contracts';
import { readySince, runningPods, workloadOf, type Kubectl } from '../../kubernetes/index.ts';
import type { Rehearsed, Trial } from '../check.ts';

/** What the check reads of a Deployment, a StatefulSet or a Job. */
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

/** When a workload was first as its wave wants it: its pods Ready, its Job done. */
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
 * The first pair of which the later was made before the earlier was done.
 *
 * A Job that has an owner is left out: its CronJob makes it by the clock, and no wave waits for it.
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
 * Looks at a fresh cluster; a Job is a hook that a second sync makes anew, so it is looked at only while nothing has
 * replaced it.
 */
export const wavesInOrder: Trial = {
  title: 'the waves came in order: nothing of one was made before the workloads of the last were done',
  run: async ({ kubectl }: Rehearsed) => {
    const kinds = 'deployments,statefulsets,jobs';
    const { items } = await kubectl.get<{ readonly items: readonly Stored[] }>([kinds, '-n', namespace]);
    const done = await doneAt(kubectl);
    const wrong = firstOutOfOrder(items, done);
    if (wrong)
      throw new Error(
        `${wrong.later.kind}/${wrong.later.metadata.name} was made at ${wrong.later.metadata.creationTimestamp}, before ${wrong.earlier.kind}/${wrong.earlier.metadata.name} was done at ${done(wrong.earlier)}`,
      );
  },
};
