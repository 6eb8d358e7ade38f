import { rosocpGroups, rosocpRecommendationPoller as listens } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { database, kafka, kruize, rosocp } from './connections.ts';
import { metricsEnvironment, probes, program } from './program.ts';

/** Asks Kruize for recommendations, and stores them for the API. */
export const rosocpRecommendationPoller = workload({
  name: listens.metrics.workload,
  purpose: 'Asks Kruize for recommendations, and stores them.',
  kind: 'Deployment',
  wave: 'application',
  ...program,
  command: rosocp('start', 'recommendation-poller'),
  listens,
  metrics: listens.metrics,
  connects: [database({ count: 2 }), kafka(rosocpGroups.poller), kruize],
  env: metricsEnvironment(listens.metrics),
  probes: probes('/metrics', listens.metrics),
});
