/** What a rehearsal ends with. */
import { namespace } from '@cost-onprem/contracts';
import type { Application } from './application.ts';
import type { Kubectl } from './kubectl.ts';

interface Pod {
  readonly metadata: { readonly name: string; readonly creationTimestamp: string };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly { readonly restartCount: number }[];
  };
}

interface Applied {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly creationTimestamp: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

const kinds = 'deployments,statefulsets,jobs,services,configmaps,persistentvolumeclaims,networkpolicies';

const seconds = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

/** When the first and the last object of each wave was made, in seconds since the sync began. */
const waves = (objects: readonly Applied[], began: string): readonly string[] => {
  const byWave = new Map<number, number[]>();
  for (const { metadata } of objects) {
    const wave = metadata.annotations?.['argocd.argoproj.io/sync-wave'];
    if (wave === undefined) continue;
    byWave.set(Number(wave), [...(byWave.get(Number(wave)) ?? []), seconds(began, metadata.creationTimestamp)]);
  }
  return [...byWave]
    .toSorted(([a], [b]) => a - b)
    .map(
      ([wave, times]) =>
        `  wave ${String(wave).padStart(2)}: ${times.length} objects, made ${Math.min(...times)} to ${Math.max(...times)} s after the start`,
    );
};

/** Pods that are not well, one a line. */
const unwell = (pods: readonly Pod[]): readonly Pod[] =>
  pods.filter(
    ({ status }) =>
      status?.phase !== 'Succeeded' &&
      !status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True'),
  );

/** The table of a rehearsed cluster. */
export const rehearsalReport = async (kubectl: Kubectl, { metadata, status }: Application): Promise<string> => {
  const { items: pods } = await kubectl.get<{ readonly items: readonly Pod[] }>(['pods', '-n', namespace]);
  const { items: objects } = await kubectl.get<{ readonly items: readonly Applied[] }>([kinds, '-n', namespace]);
  const restarts = pods
    .flatMap((pod) => pod.status?.containerStatuses ?? [])
    .reduce((sum, { restartCount }) => sum + restartCount, 0);
  const operation = status?.operationState;
  const began = operation?.startedAt ?? '';
  return [
    `${metadata.name}: ${status?.sync?.status}, ${status?.health?.status}`,
    `  ${status?.resources?.length ?? 0} objects, ${pods.length} pods, ${unwell(pods).length} not ready, ${restarts} restarts`,
    `  synced in ${seconds(began, operation?.finishedAt ?? '')} s`,
    ...waves(objects, began),
  ].join('\n');
};
