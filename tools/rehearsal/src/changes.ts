/** Changes of a running cluster, each as a commit: what Argo CD and the API server make of them. */
import { namespace } from '@cost-onprem/contracts';
import { identity, type Manifest } from '../../manifests/src/manifest.ts';
import { applicationName, getApplication } from './application.ts';
import type { Kubectl } from './kubectl.ts';
import { until } from './processes.ts';
import { refresh, waitSettled } from './rehearse.ts';
import { commitChange, withOption } from './source.ts';
import { state } from './stage.ts';

type Live = Manifest & { readonly metadata: { readonly uid: string } };

const claims = async (
  kubectl: Kubectl,
): Promise<ReadonlyMap<string, { readonly uid: string; readonly size: string }>> => {
  const { items } = await kubectl.get<{ readonly items: readonly Live[] }>(['persistentvolumeclaims', '-n', namespace]);
  return new Map(
    items.map((claim) => {
      const spec = claim.spec as { readonly resources: { readonly requests: { readonly storage: string } } };
      return [identity(claim), { uid: claim.metadata.uid, size: spec.resources.requests.storage }];
    }),
  );
};

const kept = async (kubectl: Kubectl, before: Awaited<ReturnType<typeof claims>>): Promise<void> => {
  const after = await claims(kubectl);
  const lost = [...before].filter(([name, { uid }]) => after.get(name)?.uid !== uid).map(([name]) => name);
  if (lost.length > 0) throw new Error(`${lost.join(', ')} was lost or made anew`);
};

const line = (folder: string, to: string) => (text: string) =>
  text.replace(new RegExp(String.raw`(overlays/${folder}/)\S+`), `$1${to}`);

const replicas = async (kubectl: Kubectl, deployment: string): Promise<number> =>
  (await kubectl.get<{ readonly spec: { readonly replicas: number } }>(['deployment', deployment, '-n', namespace]))
    .spec.replicas;

/**
 * Changes a synced cluster from its profile to another and back, makes its disks larger, edits it by hand, adds an
 * option and removes it, and after each step looks at what must not have been lost.
 * @throws Error naming the first step that went wrong, and why
 */
export const rehearseChanges = async (kubectl: Kubectl, cluster: string): Promise<void> => {
  const file = `clusters/${cluster}/kustomization.yaml`;
  const first = await claims(kubectl);
  const step = async (title: string, change: (text: string) => string): Promise<void> => {
    const start = performance.now();
    await waitSettled(kubectl, cluster, commitChange(file, title, change), 180);
    await kept(kubectl, first);
    console.log(`  ${title}: synced in ${((performance.now() - start) / 1000).toFixed(0)} s, no claim lost`);
  };
  await step('profile to production', line('profiles', 'production'));
  await step('profile to minimal', line('profiles', 'minimal'));
  await step('storage to production', line('storage', 'production'));
  const grown = await claims(kubectl);
  const same = [...first].filter(([name, { size }]) => grown.get(name)?.size === size).map(([name]) => name);
  if (same.length > 0) throw new Error(`${same.join(', ')} did not grow`);

  const declared = await replicas(kubectl, 'koku-api-reads');
  await kubectl.run(['scale', 'deployment/koku-api-reads', '-n', namespace, `--replicas=${declared + 3}`]);
  await until(
    'the healing of a hand edit',
    90,
    state,
    async () => (await replicas(kubectl, 'koku-api-reads')) === declared,
  );
  console.log('  a hand edit: healed');

  await step('option read-replica added', withOption('read-replica'));
  const withReplica = await claims(kubectl);
  const commit = commitChange(file, 'option read-replica removed', (text) =>
    text.replace(/^ {2}- \.\.\/\.\.\/overlays\/options\/read-replica.*\n/m, ''),
  );
  await refresh(kubectl, cluster);
  await until('the question whether the claim may go', 120, state, async () => {
    const message = (await getApplication(kubectl, cluster)).status?.operationState?.message ?? '';
    return message.includes('Waiting for pruning confirmation');
  });
  await kept(kubectl, withReplica);
  console.log(
    `  option read-replica removed (${commit.slice(0, 7)}): Argo CD asks before it prunes, and nothing is gone`,
  );
  const approval = `argocd.argoproj.io/deletion-approved=${new Date().toISOString().replace(/\.\d+Z$/, 'Z')}`;
  await kubectl.run(['annotate', 'application', applicationName(cluster), '-n', 'argocd', approval, '--overwrite']);
  await waitSettled(kubectl, cluster, commit, 120);
  await kept(kubectl, first);
  console.log('  confirmed: pruned, and no other claim');
};
