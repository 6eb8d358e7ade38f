/** The status of one Application in Argo CD. */
import type { Kubectl } from '../kubernetes/index.ts';

/** The fields of an Application that rehearsals read. */
export interface Application {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly syncPolicy: { readonly syncOptions: readonly string[] } };
  readonly status?: {
    readonly sync?: { readonly status?: string; readonly revision?: string };
    readonly health?: { readonly status?: string };
    readonly conditions?: readonly { readonly type: string; readonly message: string }[];
    readonly resources?: readonly Resource[];
    readonly operationState?: {
      readonly phase?: string;
      readonly message?: string;
      readonly startedAt?: string;
      readonly finishedAt?: string;
      readonly syncResult?: {
        readonly revision?: string;
        readonly resources?: readonly (Resource & { readonly message?: string; readonly hookPhase?: string })[];
      };
    };
  };
}

/** One object of an Application. */
export interface Resource {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly status?: string;
  readonly health?: { readonly status?: string; readonly message?: string };
  readonly syncWave?: number;
  readonly hook?: boolean;
}

/** The Application that the ApplicationSet creates for a cluster's folder. */
export const applicationName = (cluster: string): string => `cost-onprem-${cluster}`;

export const getApplication = (kubectl: Kubectl, cluster: string): Promise<Application> =>
  kubectl.get<Application>(['application', applicationName(cluster), '-n', 'argocd']);

/** Starts a sync with the Application's options, as `argocd app sync` does. */
export const sync = async (kubectl: Kubectl, cluster: string): Promise<void> => {
  const { syncOptions } = (await getApplication(kubectl, cluster)).spec.syncPolicy;
  const operation = {
    operation: { initiatedBy: { username: 'rehearsal' }, sync: { syncOptions, syncStrategy: { hook: {} } } },
  };
  const target = ['patch', 'application', applicationName(cluster), '-n', 'argocd', '--type=merge'];
  await kubectl.run([...target, '-p', JSON.stringify(operation)]);
};

/** Whether the Application is Synced at this commit, Healthy, and without a running operation. */
export const isSettled = ({ status }: Application, commit: string): boolean =>
  status?.sync?.status === 'Synced' &&
  status.sync.revision === commit &&
  status.health?.status === 'Healthy' &&
  status.operationState?.phase === 'Succeeded' &&
  status.operationState.syncResult?.revision === commit;

/** Why an Application is not settled, according to Argo CD. */
export const reason = ({ status }: Application): string => {
  const failed = (status?.operationState?.syncResult?.resources ?? []).filter(
    ({ status: result, hookPhase }) => result === 'SyncFailed' || hookPhase === 'Failed',
  );
  return [
    `${status?.sync?.status ?? 'not compared'}, ${status?.health?.status ?? 'health unknown'}`,
    status?.operationState?.message,
    ...(status?.conditions ?? []).map(({ type, message }) => `${type}: ${message}`),
    ...failed.map(({ kind, name, message }) => `${kind}/${name}: ${message}`),
  ]
    .filter(Boolean)
    .join('\n  ');
};
