/** Pods of the cluster, for checks and reports. */
import { namespace } from '@cost-onprem/contracts';
import type { Kubectl } from './kubectl.ts';

/** A pod as it is now. */
export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly creationTimestamp: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly containers: readonly {
      readonly name: string;
      readonly image?: string;
      readonly ports?: readonly { readonly containerPort: number; readonly name?: string }[];
    }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly podIP?: string;
    readonly startTime?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly lastTransitionTime: string;
    }[];
    readonly containerStatuses?: readonly { readonly restartCount: number; readonly containerID?: string }[];
  };
}

/** Name of a pod's workload. */
export const workloadOf = ({ metadata }: Pod): string => metadata.labels?.['app.kubernetes.io/name'] ?? '';

/** When a pod became Ready, or nothing while it is not. */
export const readySince = ({ status }: Pod): string | undefined =>
  status?.conditions?.find(({ type, status: value }) => type === 'Ready' && value === 'True')?.lastTransitionTime;

/** Restarts of all containers. */
export const restartsOf = ({ status }: Pod): number =>
  (status?.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);

/** Pods of long-running workloads. Pods of Jobs come and go: the repair’s every five minutes. */
export const runningPods = async (kubectl: Kubectl, workload?: string): Promise<readonly Pod[]> => {
  const selector = workload ? ['-l', `app.kubernetes.io/name=${workload}`] : [];
  const { items } = await kubectl.get<{ readonly items: readonly Pod[] }>(['pods', '-n', namespace, ...selector]);
  return items.filter(
    ({ metadata, status }) =>
      !metadata.labels?.['batch.kubernetes.io/job-name'] && status?.phase !== 'Succeeded' && status?.phase !== 'Failed',
  );
};

/**
 * The first running pod of a workload.
 * @throws Error without such a pod
 */
export const podOf = async (kubectl: Kubectl, workload: string): Promise<Pod> => {
  const pod = (await runningPods(kubectl, workload)).find(({ metadata }) => !metadata.deletionTimestamp);
  if (!pod) throw new Error(`${workload} has no pod`);
  return pod;
};

/** Runs a shell script in the first pod of a workload, and returns its output. */
export const runInPod = async (kubectl: Kubectl, workload: string, script: string): Promise<string> => {
  const { metadata, spec } = await podOf(kubectl, workload);
  const container = spec.containers[0]?.name ?? '';
  const exec = ['exec', metadata.name, '-n', namespace, '-c', container, '--', 'sh', '-c', script];
  return (await kubectl.run(exec)).out.trim();
};
