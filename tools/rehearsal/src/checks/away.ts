import { namespace } from '@cost-onprem/contracts';
import { resume, runningPods, state, suspend, until, type Kubectl } from '../kubernetes/index.ts';

/** Argo CD heals a server that somebody takes away; so for a while it may not look. */
const controller = 'argocd-application-controller';

/** Takes a server of the cluster's own away while something is done, and brings it back whatever becomes of that. */
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
