/** How long Koku's repair waits for what. */
export const kokuRepairTimes = {
  /** Minutes from one run to the next. */
  every: 5,
  /** Minutes without a sign of life after which no process works on an upload any more; one takes half a minute. */
  quiet: 10,
  /**
   * Minutes that a listener may work on one announcement. After 18 Kafka gives it to another listener (Koku's
   * `max.poll.interval.ms`, tools/upstream-facts/koku.json).
   */
  working: 20,
  /** Failed attempts, each after twice the time, until the repair reports to a person. It continues to try. */
  attempts: 3,
  /**
   * Hours until the repair reports a cluster without a source or an upload with a missing part, and for which it reports an
   * upload that Koku cannot read.
   */
  patience: 24,
  /** Minutes until the repair reports that a queue's next task is still the same and its workers run none. */
  standing: 10,
  /** Days for which the repair keeps an upload that Koku has not processed. The next run removes a processed one. */
  retention: 14,
  /** Minutes after which Kubernetes ends a run that still waits for a server. */
  longest: 15,
} as const;

/** Minutes after an outage until the totals are right again: the documentation says so, and an alert allows for it. */
export const kokuRepairPeriod = kokuRepairTimes.working + 2 * kokuRepairTimes.every;
