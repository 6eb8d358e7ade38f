import { namespace } from '@cost-onprem/contracts';
import { applicationName } from '../../argo-cd/index.ts';
import { state, until, type Kubectl } from '../../kubernetes/index.ts';
import type { Check } from '../check.ts';
import { runSection } from '../page.ts';

const page = 'clusters.md';

/** Names of the objects that hold data, and of the pods. */
const kept = async (kubectl: Kubectl): Promise<string> =>
  (await kubectl.run(['get', 'persistentvolumeclaims,secrets,deployments', '-n', namespace, '-o', 'name'])).out;

/** The commands of the page, as the last thing that happens to a cluster. */
export const clusterRemoved: Check = {
  title: 'a cluster without its folder keeps every object, and its removal by the commands of the page leaves none',
  stages: ['control-plane'],
  order: 700,
  run: async (rehearsed) => {
    const { kubectl, cluster } = rehearsed;
    const before = await kept(kubectl);
    await runSection(rehearsed, page, 'Stop syncing');
    if ((await kept(kubectl)) !== before)
      throw new Error(`objects of ${applicationName(cluster)} went with its folder`);
    const left = await runSection(rehearsed, page, 'Remove');
    const [volumes = ''] = left.split('deleted\n').slice(-1);
    if (volumes.trim() !== '') throw new Error(`volumes are left: ${volumes.trim()}`);
    const gone = await kubectl.run(['get', 'namespace', namespace, '--ignore-not-found', '-o', 'name']);
    if (gone.out !== '') throw new Error(`${gone.out.trim()} is left`);
    await runSection(rehearsed, page, 'Uninstall everything');
    await until('the end of Argo CD’s objects', 30, state, async () => {
      const { out } = await kubectl.run(['get', 'appproject,applicationset,application', '-n', 'argocd', '-o', 'name']);
      return !out.includes('cost-onprem');
    });
  },
};
