import { dbKokuAddress, kokuListener as listens, kokuProfile, objectStorageAddress } from '@cost-onprem/contracts';
import { setting, workload } from '@cost-onprem/kit';
import { consumer, consumerEnvironment } from './consumer.ts';
import { database, kafka, redis, store } from './connections.ts';
import { folders, workingFolder, workingSpace } from './environment.ts';
import { image } from './image.ts';
import { consumerProbes } from './probes.ts';
import { kokuSettings } from './settings.ts';

/** Reads what is announced, splits it into days, and puts the summary into a worker's queue. */
export const kokuListener = workload({
  name: 'koku-listener',
  purpose: 'Takes uploads that are announced on Kafka: without it nothing uploaded is processed.',
  kind: 'Deployment',
  image,
  wave: 'application',
  workingDirectory: '/opt/koku',
  command: consumer('listener'),
  listens,
  metrics: listens.metrics,
  settings: [kokuProfile, kokuSettings],
  connects: [database(dbKokuAddress), redis(), kafka(), store],
  contributions: folders,
  scratch: workingSpace,
  env: {
    ...consumerEnvironment,
    ...workingFolder,
    // It fetches uploads by their presigned addresses, with a library that does not know the AWS one's variable.
    REQUESTS_CA_BUNDLE: setting(objectStorageAddress, 'ca-file'),
  },
  probes: consumerProbes(listens.metrics),
});
