import { objectStorage, objectStorageAddress, rosocpGroups, rosocpProcessor as listens } from '@cost-onprem/contracts';
import { setting, workload } from '@cost-onprem/kit';
import { database, kafka, kruize, rosocp } from './connections.ts';
import { metricsEnvironment, probes, program } from './program.ts';

/** Downloads each report that Koku announces, from a presigned address, and tells Kruize what it says. */
export const rosocpProcessor = workload({
  name: listens.metrics.workload,
  purpose: 'Reads the reports that Koku announces, and tells Kruize about each container.',
  kind: 'Deployment',
  wave: 'application',
  ...program,
  command: rosocp('start', 'processor'),
  listens,
  metrics: listens.metrics,
  connects: [
    database({ count: 2 }),
    kafka(rosocpGroups.processor),
    kruize,
    { to: objectStorage.s3, env: { SSL_CERT_FILE: setting(objectStorageAddress, 'ca-file') } },
  ],
  env: metricsEnvironment(listens.metrics),
  probes: probes('/metrics', listens.metrics),
});
