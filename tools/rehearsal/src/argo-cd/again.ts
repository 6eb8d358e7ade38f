/** A second sync of the same commit must change nothing but the hooks, which Argo CD creates again. */
import { namespace } from '@cost-onprem/contracts';
import { getApplication, sync } from './application.ts';
import { state, until, type Kubectl } from '../kubernetes/index.ts';

interface Stored {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly generation?: number;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

const kinds = [
  ...['deployments', 'statefulsets', 'services', 'configmaps', 'serviceaccounts', 'persistentvolumeclaims', 'pods'],
  ...[
    'networkpolicies',
    'poddisruptionbudgets',
    'ingresses',
    'routes',
    'servicemonitors',
    'secrets',
    'roles',
    'rolebindings',
  ],
].join(',');

/** Identifies an object and the version of its specification. */
const versions = async (kubectl: Kubectl): Promise<ReadonlyMap<string, string>> => {
  const { items } = await kubectl.get<{ readonly items: readonly Stored[] }>([kinds, '-n', namespace]);
  return new Map(
    items
      .filter(({ metadata }) => !metadata.labels?.['batch.kubernetes.io/job-name'])
      .map(({ kind, metadata }) => [`${kind}/${metadata.name}`, `${metadata.uid} ${metadata.generation ?? ''}`]),
  );
};

/** Starts a second sync, and waits until it ends. */
export const syncAgain = async (kubectl: Kubectl, cluster: string): Promise<void> => {
  const first = (await getApplication(kubectl, cluster)).status?.operationState?.finishedAt;
  await sync(kubectl, cluster);
  await until('the second sync', 300, state, async () => {
    const { operationState } = (await getApplication(kubectl, cluster)).status ?? {};
    return operationState?.phase === 'Succeeded' && operationState.finishedAt !== first;
  });
};

/**
 * Syncs again.
 * @returns names of objects that the sync changed, recreated, added or removed
 */
export const changedBySecondSync = async (kubectl: Kubectl, cluster: string): Promise<readonly string[]> => {
  const before = await versions(kubectl);
  await syncAgain(kubectl, cluster);
  const after = await versions(kubectl);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name) !== after.get(name))
    .toSorted();
};
