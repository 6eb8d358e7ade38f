import { dbKoku, kokuListener as listens, kokuProfile, objectStorageAddress } from '@cost-onprem/contracts';
import { setting, workload } from '@cost-onprem/kit';
import { consumer, consumerEnvironment, consumerSessions } from './consumer.ts';
import { database, kafka, redis, objectStore } from './connections.ts';
import { folders, workingFolder, workingSpace } from './environment.ts';
import { image } from './image.ts';
import { consumerProbes } from './probes.ts';
import { kokuSettings } from './settings.ts';

/** Fetches each announced upload, splits it into days, and queues its summary for a worker. */
export const kokuListener = workload({
  name: 'koku-listener',
  purpose: 'Processes the uploads that Kafka announces.',
  kind: 'Deployment',
  image,
  wave: 'application',
  workingDirectory: '/opt/koku',
  command: consumer('listener'),
  listens,
  metrics: listens.metrics,
  settings: [kokuProfile, kokuSettings],
  connects: [database(dbKoku.address, consumerSessions), redis(), kafka(), objectStore],
  contributions: folders,
  scratch: workingSpace,
  env: {
    ...consumerEnvironment,
    ...workingFolder,
    // It fetches uploads from presigned addresses with `requests`, which does not read AWS_CA_BUNDLE.
    REQUESTS_CA_BUNDLE: setting(objectStorageAddress, 'ca-file'),
  },
  probes: consumerProbes(listens.metrics),
});
