import { kafkaTopics, rosTopic } from '@cost-onprem/contracts';

/** How long the repair of the resource optimisation waits for what. */
export const rosRepairTimes = {
  /**
   * Minutes that the processor may work on a report after its announcement: two requests to Kruize for each workload, a
   * second each, and 1000 workloads. The repair doubles it with each announcement.
   */
  pause: 60,
  /** Announcements of one report, Koku's included. With the pauses the last one is given up after 31 hours. */
  attempts: 5,
  /** Hours for which an object is kept that the repair cannot connect with a processed report: as long as its message. */
  retention: kafkaTopics.find(({ name }) => name === rosTopic)?.retention ?? 0,
  /** Minutes after which Kubernetes ends a run that still waits for a server. */
  longest: 15,
} as const;
