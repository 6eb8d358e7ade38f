/** The work of a cluster while pods are removed. */
import type { Rehearsed } from './check.ts';

/** One kind of work. */
export interface Work {
  /** Gives work while the cluster accepts it. Refused work does not count. */
  readonly give: (rehearsed: Rehearsed, round: number) => Promise<void>;
  /**
   * Waits until all accepted work is done, once, and tries each worker.
   * @returns a summary for the report
   * @throws Error with what is missing or duplicate
   */
  readonly settle: (rehearsed: Rehearsed) => Promise<string>;
}
