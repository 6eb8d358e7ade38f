/** ROS, the resource optimisation: its endpoints. Its own names for its programs begin with rosocp. */
import { endpoints } from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';

/** The same port as in Koku, because the program takes it from a variable (tools/documentation/facts/ros.md#metrics). */
const metrics = 9000;

/** 8000 is the program's default (tools/documentation/facts/ros.md#port-and-paths). */
export const rosocpApi = endpoints('rosocp-api', { http: 8000, metrics });

export const rosocpProcessor = endpoints('rosocp-processor', { metrics });
export const rosocpRecommendationPoller = endpoints('rosocp-recommendation-poller', { metrics });

/** The name of its settings, and the key with the topic in which Koku announces reports to it. */
export const rosSettingsName = 'ros-settings';
export const rosTopicKey = 'UPLOAD_TOPIC';

/** The groups in which its processes consume, because all would have the same one by default. */
export const rosocpGroups = {
  processor: 'ros-processor',
  poller: 'ros-recommendation-poller',
  housekeeper: 'ros-housekeeper',
} as const;

export const rosContract = contract({
  singletons: ['rosocp-housekeeper'],
  replicated: [rosocpApi.http.workload, rosocpProcessor.metrics.workload, rosocpRecommendationPoller.metrics.workload],
  jobs: ['rosocp-db-migrate'],
  cronJobs: ['rosocp-partition-cleaner', 'rosocp-repair'],
});
