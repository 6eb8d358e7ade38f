/** What a check is given, and what it is. */
import type { Manifest } from '../../../manifests/src/manifest.ts';
import type { Kubectl } from '../kubectl.ts';

/** A cluster that is Synced and Healthy on a stage. */
export interface Rehearsed {
  readonly kubectl: Kubectl;
  readonly cluster: string;
  /** What it was rendered to. */
  readonly objects: readonly Manifest[];
}

/** Something that a user relies on, tried on a running cluster. */
export interface Check {
  /** A sentence that is true when the check passes. */
  readonly title: string;
  /** @throws Error saying what is not so */
  readonly run: (rehearsed: Rehearsed) => Promise<void>;
}
