import { labels, type Labels } from './labels.ts';
import type { Purpose, Wave, Workload } from './vocabulary.ts';

const numbers = {
  foundation: -5,
  nodes: -4,
  credentials: -4,
  data: -3,
  preparation: -1,
  application: 0,
  edge: 5,
} as const satisfies Record<Wave | 'foundation' | 'nodes', number>;

type Annotations = Readonly<Record<string, string>>;

/**
 * Orders an object within a sync (tools/documentation/facts/argo-cd.md#waves). `foundation` is for objects that all
 * others need, `nodes` for the node pools of operators.
 */
export const waveAnnotation = (wave: keyof typeof numbers): Annotations => ({
  'argocd.argoproj.io/sync-wave': String(numbers[wave]),
});

/**
 * The wave of a workload's Service: that of the workload, but not later than the applications, so that each client finds
 * the name when it starts.
 */
export const serviceWave = ({ wave }: Workload): keyof typeof numbers =>
  numbers[wave] > numbers.application ? 'application' : wave;

/** Argo CD prunes or deletes an object that holds data only after a person confirms it. */
export const keepAnnotation: Annotations = {
  'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm',
};

/** Metadata of an object that belongs to no workload. `keep` is for objects that hold data. */
export const objectMetadata = (
  name: string,
  application: string,
  wave: keyof typeof numbers,
  { keep, onlyFor }: { readonly keep?: true; readonly onlyFor?: Purpose } = {},
): { readonly name: string; readonly labels: Labels; readonly annotations: Annotations } => ({
  name,
  labels: labels({ name: application, ...(onlyFor && { onlyFor }) }, application),
  annotations: { ...waveAnnotation(wave), ...(keep && keepAnnotation) },
});

/** Argo CD creates a Job again in each sync, because its template cannot change. */
export const hookAnnotations: Annotations = {
  'argocd.argoproj.io/hook': 'Sync',
  'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
};
