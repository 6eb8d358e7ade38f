import { rosocpApi as listens } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { database, rosocp } from './connections.ts';
import { metricsEnvironment, probes, program } from './program.ts';

/** Answers questions about recommendations, from its database alone. */
export const rosocpApi = workload({
  name: listens.http.workload,
  purpose: 'Serves recommendations.',
  kind: 'Deployment',
  wave: 'application',
  ...program,
  scalable: true,
  command: rosocp('start', 'api'),
  listens,
  metrics: listens.metrics,
  // Its pool has no limit (tools/documentation/facts/ros.md#sessions-with-the-database).
  connects: [database({ count: 10 })],
  env: { API_PORT: String(listens.http.number), ...metricsEnvironment(listens.metrics) },
  probes: probes('/status', listens.http),
  beforeStop: { sleep: 5 },
});
