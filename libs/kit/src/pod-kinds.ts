/** Kubernetes' own kinds that hold pods: where the template of a pod is, and what becomes of the pods. */

/** One kind of Kubernetes' own. */
export interface PodKind {
  /** API group; empty for the core. */
  readonly group: 'apps' | 'batch' | '';
  /** Where the template is in the object; a Pod is its own. */
  readonly template: readonly string[];
  /** `roll`: a new template replaces the pods. `stay`: they remain as they were made. `end`: they run to completion. */
  readonly pods: 'roll' | 'stay' | 'end';
}

const template = ['spec', 'template'] as const;

/** Every one of them, by its name. */
export const podKinds = {
  Deployment: { group: 'apps', template, pods: 'roll' },
  StatefulSet: { group: 'apps', template, pods: 'roll' },
  DaemonSet: { group: 'apps', template, pods: 'roll' },
  ReplicaSet: { group: 'apps', template, pods: 'stay' },
  Pod: { group: '', template: [], pods: 'stay' },
  Job: { group: 'batch', template, pods: 'end' },
  CronJob: { group: 'batch', template: ['spec', 'jobTemplate', 'spec', 'template'], pods: 'end' },
} as const satisfies Readonly<Record<string, PodKind>>;
