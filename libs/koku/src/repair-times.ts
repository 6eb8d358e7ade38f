/** How long Koku's repair waits, for what, and so by when what was lost is right again. */
export const kokuRepairTimes = {
  /** Minutes from one run to the next. */
  every: 5,
  /** Minutes without a sign of life after which nobody works on a thing any more; an upload takes half a minute. */
  quiet: 10,
  /**
   * Minutes that a listener may work on one announcement: after 18 Kafka gives it to another listener (Koku's
   * `max.poll.interval.ms`, tools/upstream-facts/koku.json).
   */
  working: 20,
  /** Attempts in vain, each twice as long after the one before, until a person is told; the repair goes on. */
  attempts: 3,
  /**
   * Hours until a person is told that a cluster has no source, or that a part of an upload is missing; and for which
   * one is told of an upload that Koku cannot read.
   */
  patience: 24,
  /** Minutes for which the same task may be the next in a queue whose workers run none, until a person is told. */
  standing: 10,
  /** Days for which an upload of Koku's is kept that it has not processed. One that it has is removed by the next run. */
  retention: 14,
  /** Minutes after which a run that still waits for a server is ended. */
  longest: 15,
} as const;

/** Minutes after the end of an outage by which totals are right again: what the documentation says and an alert allows. */
export const kokuRepairPeriod = kokuRepairTimes.working + 2 * kokuRepairTimes.every;
