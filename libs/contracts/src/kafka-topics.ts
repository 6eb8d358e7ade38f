/** Kafka's topics: names are constants in the applications, partitions and retention are declared here alone. */

/** One topic, whoever creates it. */
export interface KafkaTopic {
  readonly name: string;
  readonly purpose: string;
  readonly partitions: number;
  /** Hours for which a message is kept. */
  readonly retention: number;
}

/** As upstream sets them up: three partitions, a week (facts/chart.md §7). */
const usual = { partitions: 3, retention: 168 } as const;

/** All of them, sorted by name; from facts/components.md §0. */
export const kafkaTopics: readonly KafkaTopic[] = [
  { name: 'hccm.ros.events', purpose: 'Koku tells the resource optimisation of new reports.', ...usual },
  { name: 'platform.notifications.ingress', purpose: 'Notifications of Koku; nobody reads them here.', ...usual },
  {
    name: 'platform.payload-status',
    purpose: 'ingress tells of each upload; nobody reads it here, but it must exist.',
    ...usual,
  },
  {
    name: 'platform.rhsm-subscriptions.service-instance-ingress',
    purpose: 'Subscription watch; written only by subs_transmission.',
    ...usual,
  },
  { name: 'platform.sources.event-stream', purpose: 'A source was created or deleted.', ...usual },
  { name: 'platform.upload.announce', purpose: 'ingress announces an upload to Koku’s listener.', ...usual },
  { name: 'platform.upload.validation', purpose: 'Koku says whether an upload could be used.', ...usual },
  { name: 'rosocp.kruize.recommendations', purpose: 'The resource optimisation asks for recommendations.', ...usual },
];

/** The group in which Koku's listeners share the work: a constant in Koku's code (facts/koku.md §5). */
export const listenerGroup = 'hccm-group';

/** The topic on which uploads are announced. */
export const uploadTopic = 'platform.upload.announce';
