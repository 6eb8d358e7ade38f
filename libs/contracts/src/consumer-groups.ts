/** The groups in which workloads take messages from topics. Their lag says how much work waits. */
import {
  listenerGroup,
  recommendationsTopic,
  rosTopic,
  sourcesListenerGroup,
  sourcesTopic,
  uploadTopic,
} from './kafka.ts';
import { rosocpGroups } from './ros.ts';

/** One group with the topic that it reads. */
export interface ConsumerGroup {
  readonly group: string;
  readonly topic: string;
}

/** All groups of all clusters, by the workload that consumes. */
export const consumerGroups = {
  'koku-listener': { group: listenerGroup, topic: uploadTopic },
  'koku-sources-listener': { group: sourcesListenerGroup, topic: sourcesTopic },
  'rosocp-processor': { group: rosocpGroups.processor, topic: rosTopic },
  'rosocp-recommendation-poller': { group: rosocpGroups.poller, topic: recommendationsTopic },
  'rosocp-housekeeper': { group: rosocpGroups.housekeeper, topic: sourcesTopic },
} as const satisfies Record<string, ConsumerGroup>;
