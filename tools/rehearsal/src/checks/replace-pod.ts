import { namespace } from '@cost-onprem/contracts';
import { podOf, readySince, runningPods, state, until, type Kubectl } from '../kubernetes/index.ts';

/** Deletes the pod of a server, and waits until its replacement is Ready. */
export const replacePod = async (kubectl: Kubectl, workload: string): Promise<void> => {
  const { metadata } = await podOf(kubectl, workload);
  await kubectl.run(['delete', 'pod', metadata.name, '-n', namespace]);
  await until(`the return of ${workload}`, 120, state, async () => {
    const pods = await runningPods(kubectl, workload);
    return pods.some((pod) => pod.metadata.uid !== metadata.uid && readySince(pod) !== undefined);
  });
};
