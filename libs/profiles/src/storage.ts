import {
  dbKoku,
  dbKruize,
  dbRos,
  dbSources,
  kafkaClaim,
  kafkaNodePool,
  objectStorageClaim,
  valkeyClaim,
} from '@cost-onprem/contracts';
import type { PlatformStorage } from './profile.ts';

/** Sizes of the first table (tools/documentation/facts/decisions.md#sizes-of-minimal). */
const minimal: PlatformStorage = {
  name: 'minimal',
  purpose: 'Disk sizes for a small platform.',
  gibibytes: {
    [dbKoku.claim]: 20,
    [dbKoku.replica.claim]: 20,
    [dbKruize.claim]: 5,
    [dbRos.claim]: 5,
    [dbSources.claim]: 2,
    [kafkaClaim]: 8,
    [objectStorageClaim]: 10,
    [valkeyClaim]: 2,
  },
  nodePools: { [kafkaNodePool]: 8 },
};

/**
 * The database's size is a decision (tools/documentation/facts/decisions.md#sizes-of-production). The cache's size is
 * the chart's (tools/documentation/facts/valkey.md#sizes-of-the-chart).
 */
const production: PlatformStorage = {
  name: 'production',
  purpose: 'Disk sizes for production.',
  gibibytes: {
    [dbKoku.claim]: 50,
    [dbKoku.replica.claim]: 50,
    // Twice the first table's disks.
    [dbKruize.claim]: 10,
    [dbRos.claim]: 10,
    [dbSources.claim]: 4,
    [kafkaClaim]: 20,
    [objectStorageClaim]: 50,
    [valkeyClaim]: 5,
  },
  // Less than the chart's (tools/documentation/facts/kafka.md#disks-of-the-chart). A week of announcements is small.
  nodePools: { [kafkaNodePool]: 20 },
};

/** The disk sizes that a cluster can choose. A cluster can change to a larger one, but never to a smaller one. */
export const storages: readonly PlatformStorage[] = [minimal, production];
