import { dbKokuAddress, kokuProfile, kokuSourcesListener as listens } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { cloudCredentials } from './cloud-credentials.ts';
import { consumer, consumerEnvironment } from './consumer.ts';
import { database, kafka, redis } from './connections.ts';
import { folders } from './environment.ts';
import { image } from './image.ts';
import { consumerProbes } from './probes.ts';
import { kokuSettings } from './settings.ts';

/**
 * Events must be taken in their order, so there is one. It needs sources-api, so it is in a base of its own: with
 * `ONPREM=True` Koku's own API keeps the sources, and no event would ever come
 * (tools/documentation/facts/koku.md#on-premise-mode).
 */
export const kokuSourcesListener = workload({
  name: 'koku-sources-listener',
  purpose: 'Follows sources-api: makes, changes and removes Koku’s sources.',
  kind: 'Deployment',
  image,
  wave: 'application',
  workingDirectory: '/opt/koku',
  command: consumer('sources_listener'),
  listens,
  metrics: listens.metrics,
  settings: [kokuProfile, kokuSettings],
  connects: [database(dbKokuAddress), redis(), kafka()],
  contributions: folders,
  // It tries whether a new source can be reached.
  env: { ...consumerEnvironment, ...cloudCredentials.env },
  secretFiles: cloudCredentials.secretFiles,
  probes: consumerProbes(listens.metrics),
  singleton: true,
});
