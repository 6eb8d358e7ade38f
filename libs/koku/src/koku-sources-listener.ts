import { dbKoku, kokuProfile, kokuSourcesListener as listens } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { cloudCredentials } from './cloud-credentials.ts';
import { consumer, consumerEnvironment, consumerSessions } from './consumer.ts';
import { database, kafka, redis, sourcesApi } from './connections.ts';
import { folders } from './environment.ts';
import { image } from './image.ts';
import { consumerProbes } from './probes.ts';
import { kokuSettings } from './settings.ts';

/**
 * A singleton, because it must process events in order. It is in its own base, because it needs sources-api: with
 * `ONPREM=True` Koku's own API stores the sources, and no event ever comes
 * (tools/documentation/facts/koku.md#on-premise-mode).
 */
export const kokuSourcesListener = workload({
  name: 'koku-sources-listener',
  purpose: 'Follows the events of sources-api: creates, changes and removes Koku’s sources.',
  kind: 'Deployment',
  image,
  wave: 'application',
  workingDirectory: '/opt/koku',
  command: consumer('sources_listener'),
  listens,
  metrics: listens.metrics,
  settings: [kokuProfile, kokuSettings],
  connects: [database(dbKoku.address, consumerSessions), redis(), kafka(), sourcesApi],
  contributions: folders,
  // It checks whether it can reach a new source.
  env: { ...consumerEnvironment, ...cloudCredentials.env },
  secretFiles: cloudCredentials.secretFiles,
  probes: consumerProbes(listens.metrics),
  singleton: true,
});
