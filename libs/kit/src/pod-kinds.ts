/** Kubernetes' kinds that create pods: where their pod template is, and what a change of it does to the pods. */

/** One such kind. */
export interface PodKind {
  /** API group. Empty for the core group. */
  readonly group: 'apps' | 'batch' | '';
  /** The path of the pod template. It is empty for a Pod. */
  readonly template: readonly string[];
  /** `roll`: a new template replaces the pods. `stay`: the pods never change. `end`: the pods run to completion. */
  readonly pods: 'roll' | 'stay' | 'end';
}

const template = ['spec', 'template'] as const;

/** All such kinds, by name. */
export const podKinds = {
  Deployment: { group: 'apps', template, pods: 'roll' },
  StatefulSet: { group: 'apps', template, pods: 'roll' },
  DaemonSet: { group: 'apps', template, pods: 'roll' },
  ReplicaSet: { group: 'apps', template, pods: 'stay' },
  Pod: { group: '', template: [], pods: 'stay' },
  Job: { group: 'batch', template, pods: 'end' },
  CronJob: { group: 'batch', template: ['spec', 'jobTemplate', 'spec', 'template'], pods: 'end' },
} as const satisfies Readonly<Record<string, PodKind>>;
