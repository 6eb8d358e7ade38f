import type { Manifest } from '../../manifests/src/manifest.ts';

/** One object before and after a change. */
export interface Pair {
  readonly before: Manifest;
  readonly after: Manifest;
}

/** Names the place of a size that must not shrink; its words follow "keep". */
export type KeepSize = (size: string) => string;

/** Faults of the change of one object: sentences without their subject, which is the object. */
export type Rule = (pair: Pair, keepSize: KeepSize) => readonly string[];

/** Argo CD's options for one object. */
export const syncOptions = ({ metadata }: Manifest): readonly string[] =>
  metadata.annotations?.['argocd.argoproj.io/sync-options']?.split(',').map((option) => option.trim()) ?? [];
