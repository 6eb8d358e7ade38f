/** Koku's queues, and the worker of each. */

/**
 * The workers that every cluster has, and their queues in the combined layout
 * (tools/documentation/facts/decisions.md#workers). Each takes the queue of its name, and nine take a second one. No worker
 * takes two queues that work on the same upload, except priority, because its tasks are short.
 */
const combined = {
  default: ['celery'],
  priority: ['priority', 'cost_model'],
  'priority-xl': ['priority_xl', 'cost_model_xl'],
  'priority-penalty': ['priority_penalty', 'cost_model_penalty'],
  refresh: ['refresh', 'download'],
  'refresh-xl': ['refresh_xl', 'download_xl'],
  'refresh-penalty': ['refresh_penalty', 'download_penalty'],
  summary: ['summary', 'ocp'],
  'summary-xl': ['summary_xl', 'ocp_xl'],
  'summary-penalty': ['summary_penalty', 'ocp_penalty'],
  hcs: ['hcs'],
  'subs-extraction': ['subs_extraction'],
  'subs-transmission': ['subs_transmission'],
} as const;

/** The workers that only the split layout has: one for each second queue of the combined layout. */
const split = {
  'cost-model': 'cost_model',
  'cost-model-xl': 'cost_model_xl',
  'cost-model-penalty': 'cost_model_penalty',
  download: 'download',
  'download-xl': 'download_xl',
  'download-penalty': 'download_penalty',
  ocp: 'ocp',
  'ocp-xl': 'ocp_xl',
  'ocp-penalty': 'ocp_penalty',
} as const;

type Combined = keyof typeof combined;
type Split = keyof typeof split;

/** Names of the workers' Deployments. */
export type KokuWorkerName = `koku-celery-worker-${Combined | Split}`;

/** One worker with its queues. */
export interface KokuWorker {
  readonly name: KokuWorkerName;
  /** Its key in the ConfigMap of the queues, which has only the keys of the combined workers. */
  readonly key: string;
  readonly queues: readonly string[];
}

/** Workers of every cluster. */
export const combinedWorkers: readonly KokuWorker[] = Object.entries(combined).map(([key, queues]) => ({
  name: `koku-celery-worker-${key as Combined}`,
  key,
  queues,
}));

/** Workers that the option `split-workers` adds. */
export const splitWorkers: readonly KokuWorker[] = Object.entries(split).map(([key, queue]) => ({
  name: `koku-celery-worker-${key as Split}`,
  key,
  queues: [queue],
}));

/** All queues of the application (tools/upstream-facts/koku.json). */
export const kokuQueues: readonly string[] = Object.values(combined).flat().toSorted();

/** The cache's logical database that has the queues: a constant in Koku's code (tools/upstream-facts/koku.json). */
export const kokuQueueDatabase = 1;

/** Queues that a cluster may leave without a consumer (tools/documentation/facts/decisions.md#queues-without-a-worker). */
export const optionalKokuQueues: readonly string[] = kokuQueues.filter((queue) => queue.startsWith('subs_'));
