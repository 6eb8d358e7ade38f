import { namespace } from '@cost-onprem/contracts';
import { applicationName, commitChange, getApplication, refresh, sync, waitSettled } from '../../argo-cd/index.ts';
import { podOf, readySince, runningPods, state, until } from '../../kubernetes/index.ts';
import type { Check, Rehearsed } from '../check.ts';

/** No node fits the migration, and the APIs in a later wave get a new setting, and so a new ConfigMap. */
const broken = `  - name: koku-settings
    behavior: merge
    literals: [CACHE_TIMEOUT=1800]
patches:
  - target: { kind: Job, name: koku-db-migrate }
    patch: |
      - op: add
        path: /spec/template/spec/nodeSelector
        value: { rehearsal: nowhere }
`;

const later = 'koku-api-reads';

const generation = async ({ kubectl }: Rehearsed): Promise<number> =>
  (await kubectl.get<{ readonly metadata: { readonly generation: number } }>(['deployment', later, '-n', namespace]))
    .metadata.generation;

const waitsForMigration = ({ kubectl, cluster }: Rehearsed, commit: string): Promise<void> =>
  until('the wait for the broken wave', 60, state, async () => {
    const { operationState } = (await getApplication(kubectl, cluster)).status ?? {};
    const { phase, message = '', syncResult } = operationState ?? {};
    return phase === 'Running' && syncResult?.revision === commit && message.includes('koku-db-migrate');
  });

/** Ends a sync that would wait forever, as `argocd app terminate-op` does. */
const terminate = ({ kubectl, cluster }: Rehearsed) =>
  kubectl.run([
    ...['patch', 'application', applicationName(cluster), '-n', 'argocd', '--type=merge'],
    ...['-p', JSON.stringify({ status: { operationState: { phase: 'Terminating' } } })],
  ]);

/** A new pod of the old version needs the ConfigMaps of that version, so these must still exist. */
const dieAndComeBack = async ({ kubectl }: Rehearsed): Promise<void> => {
  const { metadata } = await podOf(kubectl, later);
  await kubectl.run(['delete', 'pod', metadata.name, '-n', namespace, '--wait=false']);
  await until(`the return of ${metadata.name}`, 120, state, async () => {
    const pods = (await runningPods(kubectl, later)).filter((pod) => !pod.metadata.deletionTimestamp);
    return pods.length > 0 && pods.every((pod) => pod.metadata.uid !== metadata.uid && readySince(pod) !== undefined);
  });
};

/** A broken object stops the sync at its wave, and running pods continue. */
export const brokenWave: Check = {
  title:
    'a broken wave stops the later ones, a deleted pod of the old version comes back, and a corrected commit syncs',
  stages: ['control-plane'],
  order: 610,
  run: async (rehearsed) => {
    const { kubectl, cluster } = rehearsed;
    const file = `clusters/${cluster}/kustomization.yaml`;
    const before = await generation(rehearsed);
    const commit = commitChange(file, 'Break the migration', (text) => `${text}${broken}`);
    await refresh(kubectl, cluster);
    await waitsForMigration(rehearsed, commit);
    await dieAndComeBack(rehearsed);
    if ((await generation(rehearsed)) !== before)
      throw new Error(`${later} changed, although its wave is later than the broken one`);
    const mended = commitChange(file, 'Correct the migration', (text) => text.replace(broken, ''));
    await terminate(rehearsed);
    await until('the end of the broken sync', 60, state, async () => {
      return (await getApplication(kubectl, cluster)).status?.operationState?.phase === 'Failed';
    });
    await sync(kubectl, cluster);
    await waitSettled(kubectl, cluster, mended, 300);
  },
};
