/** Changes a running cluster by commits, to see what Argo CD and the API server do. */
import { namespace } from '@cost-onprem/contracts';
import { conflictFaults } from '../../../../clusters/src/conflicts.ts';
import { identity, type Manifest } from '../../../../manifests/src/manifest.ts';
import {
  applicationName,
  commitChange,
  getApplication,
  refresh,
  waitSettled,
  withOption,
} from '../../argo-cd/index.ts';
import { state, until, type Kubectl } from '../../kubernetes/index.ts';
import type { Check, Rehearsed } from '../check.ts';

type Live = Manifest & {
  readonly metadata: { readonly uid: string };
  readonly status?: { readonly capacity?: { readonly storage: string } };
};

/** The changes start at the smallest size, and disks never shrink: the cluster needs a disk that can grow. */
const startsSmall = ({ overlays, objects }: Rehearsed): boolean =>
  overlays.has('profiles/minimal') &&
  overlays.has('storage/minimal') &&
  objects.some(({ kind }) => kind === 'PersistentVolumeClaim');

/** Whether a cluster may list one more overlay. */
const canTake = (overlay: string, { overlays }: Rehearsed): boolean =>
  !overlays.has(overlay) && conflictFaults(new Set([...overlays, overlay])).length === 0;

const claims = async (
  kubectl: Kubectl,
): Promise<ReadonlyMap<string, { readonly uid: string; readonly capacity: string }>> => {
  const { items } = await kubectl.get<{ readonly items: readonly Live[] }>(['persistentvolumeclaims', '-n', namespace]);
  return new Map(
    items.map((claim) => {
      return [identity(claim), { uid: claim.metadata.uid, capacity: claim.status?.capacity?.storage ?? '' }];
    }),
  );
};

const kept = async (kubectl: Kubectl, before: Awaited<ReturnType<typeof claims>>): Promise<void> => {
  const after = await claims(kubectl);
  const lost = [...before].filter(([name, { uid }]) => after.get(name)?.uid !== uid).map(([name]) => name);
  if (lost.length > 0) throw new Error(`${lost.join(', ')} was lost or recreated`);
};

const line = (folder: string, to: string) => (text: string) =>
  text.replace(new RegExp(String.raw`(overlays/${folder}/)\S+`), `$1${to}`);

const replicas = async (kubectl: Kubectl, deployment: string): Promise<number> =>
  (await kubectl.get<{ readonly spec: { readonly replicas: number } }>(['deployment', deployment, '-n', namespace]))
    .spec.replicas;

const kustomization = (cluster: string): string => `clusters/${cluster}/kustomization.yaml`;

/** Commits a change, and waits until Argo CD has synced it without a change of the claims. */
const step = async (
  { kubectl, cluster }: Rehearsed,
  subject: string,
  change: (text: string) => string,
): Promise<void> => {
  const before = await claims(kubectl);
  await waitSettled(kubectl, cluster, commitChange(kustomization(cluster), subject, change), 300);
  await kept(kubectl, before);
};

/** A cluster's profile may change in both directions. */
export const profileThereAndBack: Check = {
  title: 'profile minimal → production → minimal: every sync succeeds, and no claim is lost or recreated',
  stages: ['control-plane'],
  applies: startsSmall,
  order: 620,
  run: async (rehearsed) => {
    await step(rehearsed, 'Profile production', line('profiles', 'production'));
    await step(rehearsed, 'Profile minimal', line('profiles', 'minimal'));
  },
};

/** Disks only grow. */
export const storageGrows: Check = {
  title: 'storage minimal → production: every claim grows, and none is lost',
  stages: ['control-plane'],
  applies: startsSmall,
  order: 630,
  run: async (rehearsed) => {
    const first = await claims(rehearsed.kubectl);
    await step(rehearsed, 'Storage production', line('storage', 'production'));
    await until('the growth of every claim', 60, state, async () => {
      const grown = await claims(rehearsed.kubectl);
      return [...first].every(([name, { capacity }]) => grown.get(name)?.capacity !== capacity);
    });
  },
};

/** Argo CD reverts manual changes. */
export const handEditHealed: Check = {
  title: 'Argo CD reverts a manual change',
  stages: ['control-plane'],
  order: 600,
  run: async ({ kubectl }) => {
    const declared = await replicas(kubectl, 'koku-api-reads');
    await kubectl.run(['scale', 'deployment/koku-api-reads', '-n', namespace, `--replicas=${declared + 3}`]);
    await until('the revert of a manual change', 90, state, async () => {
      return (await replicas(kubectl, 'koku-api-reads')) === declared;
    });
  },
};

/** Argo CD removes objects with data only after a confirmation. */
export const optionPruned: Check = {
  title: 'Argo CD prunes a removed option, and objects with data only after a confirmation',
  stages: ['control-plane'],
  applies: (rehearsed) => startsSmall(rehearsed) && canTake('options/read-replica', rehearsed),
  order: 640,
  run: async (rehearsed) => {
    const { kubectl, cluster } = rehearsed;
    const first = await claims(kubectl);
    await step(rehearsed, 'Add read-replica', withOption('read-replica'));
    const withReplica = await claims(kubectl);
    const commit = commitChange(kustomization(cluster), 'Remove read-replica', (text) =>
      text.replace(/^ {2}- \.\.\/\.\.\/overlays\/options\/read-replica.*\n/m, ''),
    );
    await refresh(kubectl, cluster);
    await until('the request to confirm the pruning of the claim', 180, state, async () => {
      const message = (await getApplication(kubectl, cluster)).status?.operationState?.message ?? '';
      return message.includes('Waiting for pruning confirmation');
    });
    await kept(kubectl, withReplica);
    const approval = `argocd.argoproj.io/deletion-approved=${new Date().toISOString().replace(/\.\d+Z$/, 'Z')}`;
    await kubectl.run(['annotate', 'application', applicationName(cluster), '-n', 'argocd', approval, '--overwrite']);
    await waitSettled(kubectl, cluster, commit, 180);
    await kept(kubectl, first);
  },
};
