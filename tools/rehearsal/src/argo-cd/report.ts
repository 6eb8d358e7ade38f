/** The report of a rehearsal: tables of the Application, its waves and its pods. */
import { namespace } from '@cost-onprem/contracts';
import type { Application } from './application.ts';
import { readySince, restartsOf, runningPods, workloadOf, type Kubectl, type Pod } from '../kubernetes/index.ts';

interface Applied {
  readonly metadata: {
    readonly creationTimestamp: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

const kinds = 'deployments,statefulsets,jobs,services,configmaps,persistentvolumeclaims,networkpolicies';

const seconds = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

/** Aligns columns: the first to the left, all others to the right. */
export const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `  ${line}`)
    .join('\n');
};

/** When each wave started, and the seconds until the next one did: a wave ends when all its objects are healthy. */
const waves = (objects: readonly Applied[], began: string, finished: string): readonly (readonly string[])[] => {
  const byWave = new Map<number, number[]>();
  for (const { metadata } of objects) {
    const wave = metadata.annotations?.['argocd.argoproj.io/sync-wave'];
    if (wave === undefined) continue;
    byWave.set(Number(wave), [...(byWave.get(Number(wave)) ?? []), seconds(began, metadata.creationTimestamp)]);
  }
  const sorted = [...byWave].toSorted(([a], [b]) => a - b);
  const starts = [...sorted.map(([, times]) => Math.min(...times)), seconds(began, finished)];
  return sorted.map(([wave, times], index) => {
    const start = starts[index] ?? 0;
    return [`wave ${wave}`, String(times.length), `${start} s`, `${(starts[index + 1] ?? start) - start} s`];
  });
};

const podRow = (pod: Pod): readonly string[] => {
  const ready = readySince(pod);
  const { name, creationTimestamp } = pod.metadata;
  return [name, ready ? `${seconds(creationTimestamp, ready)} s` : 'never', String(restartsOf(pod))];
};

/** The tables of a cluster after its first sync. They leave out pods of Jobs and other objects with several creators. */
export const rehearsalReport = async (kubectl: Kubectl, { metadata, status }: Application): Promise<string> => {
  const pods = (await runningPods(kubectl)).filter((pod) => workloadOf(pod) !== '');
  const { items: objects } = await kubectl.get<{ readonly items: readonly Applied[] }>([kinds, '-n', namespace]);
  const { startedAt = '', finishedAt = '' } = status?.operationState ?? {};
  return [
    table([
      ['application', 'sync', 'health', 'objects', 'pods', 'restarts', 'took'],
      [
        ...[metadata.name, status?.sync?.status ?? '', status?.health?.status ?? ''],
        ...[String(status?.resources?.length ?? 0), String(pods.length)],
        String(pods.reduce((sum, pod) => sum + restartsOf(pod), 0)),
        `${seconds(startedAt, finishedAt)} s`,
      ],
    ]),
    table([['wave', 'objects', 'began after', 'took'], ...waves(objects, startedAt, finishedAt)]),
    table([['pod', 'Ready after', 'restarts'], ...pods.map(podRow)]),
  ].join('\n\n');
};

const stayingPods = async (kubectl: Kubectl): Promise<readonly Pod[]> =>
  (await runningPods(kubectl)).filter(({ metadata }) => !metadata.deletionTimestamp);

/**
 * Checks that all pods are Ready.
 * @throws Error naming the pods that are not
 */
export const assertAllReady = async (kubectl: Kubectl): Promise<void> => {
  const wrong = (await stayingPods(kubectl)).filter((pod) => readySince(pod) === undefined);
  if (wrong.length > 0) throw new Error(`not Ready: ${wrong.map(({ metadata }) => metadata.name).join(', ')}`);
};

/**
 * Checks that all pods are Ready and none restarted.
 * @throws Error naming the first pod that is not Ready or restarted
 */
export const assertAllWell = async (kubectl: Kubectl): Promise<void> => {
  const staying = await stayingPods(kubectl);
  const wrong = staying.find((pod) => readySince(pod) === undefined || restartsOf(pod) > 0);
  if (wrong)
    throw new Error(
      `pod ${wrong.metadata.name}: ${readySince(wrong) ? `${restartsOf(wrong)} restarts` : 'is not Ready'}`,
    );
};
