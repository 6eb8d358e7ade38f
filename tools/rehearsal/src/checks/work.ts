/** What a cluster is given to do while pods are removed. */
import type { Rehearsed } from './check.ts';

/** One kind of work. */
export interface Work {
  /** Gives some, as long as the cluster takes it. What it refuses is no promise, and is not counted. */
  readonly give: (rehearsed: Rehearsed, round: number) => Promise<void>;
  /**
   * Waits until everything that was accepted is done, once, and tries each worker.
   * @returns what was seen, for the report
   * @throws Error with what is missing, or is there twice
   */
  readonly settle: (rehearsed: Rehearsed) => Promise<string>;
}
