import { labels, type Labels } from './labels.ts';
import type { Wave, Workload } from './vocabulary.ts';

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
 * Orders an object within a sync (tools/documentation/facts/argo-cd.md#waves); `foundation` is what everything else
 * stands on, `nodes` what an operator runs data on.
 */
export const waveAnnotation = (wave: keyof typeof numbers): Annotations => ({
  'argocd.argoproj.io/sync-wave': String(numbers[wave]),
});

/**
 * The wave of a workload's Service: with its workload, but never after the applications, for nginx resolves the names
 * of its backends when it starts.
 */
export const serviceWave = ({ wave }: Workload): keyof typeof numbers =>
  numbers[wave] > numbers.application ? 'application' : wave;

/** What holds data is neither pruned nor deleted without a person's word. */
export const keepAnnotation: Annotations = {
  'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm',
};

/** Metadata of an object that no workload has as its consequence; `keep` is for what holds data. */
export const objectMetadata = (
  name: string,
  application: string,
  wave: keyof typeof numbers,
  keep?: 'keep',
): { readonly name: string; readonly labels: Labels; readonly annotations: Annotations } => ({
  name,
  labels: labels({ name: application }, application),
  annotations: { ...waveAnnotation(wave), ...(keep && keepAnnotation) },
});

/** A Job's template cannot change, so Argo CD makes it anew in each sync. */
export const hookAnnotations: Annotations = {
  'argocd.argoproj.io/hook': 'Sync',
  'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
};
