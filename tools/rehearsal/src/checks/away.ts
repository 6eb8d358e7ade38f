import { namespace } from '@cost-onprem/contracts';
import { resume, runningPods, state, suspend, until, type Kubectl } from '../kubernetes/index.ts';

/** Argo CD restores a removed server, so its controllers pause meanwhile. */
const controller = 'argocd-application-controller';

/** Removes a server of the cluster, does something, and restores the server in every case. */
export const whileAway = async (kubectl: Kubectl, server: string, during: () => Promise<void>): Promise<void> => {
  const scale = (replicas: number) =>
    kubectl.run(['scale', `statefulset/${server}`, '-n', namespace, `--replicas=${replicas}`]);
  suspend(state, controller);
  try {
    await scale(0);
    await until(`the end of ${server}`, 90, state, async () => (await runningPods(kubectl, server)).length === 0);
    await during();
  } finally {
    await scale(1);
    resume(state, controller);
  }
};
