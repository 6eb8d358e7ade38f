import { dbKoku, kafkaClaim, kafkaNodePool, objectStorageClaim, valkeyClaim } from '@cost-onprem/contracts';
import type { PlatformStorage } from './profile.ts';

/** Sizes of the first table (tools/documentation/facts/decisions.md#sizes-of-minimal). */
const minimal: PlatformStorage = {
  name: 'minimal',
  purpose: 'Disks of the minimal table.',
  gibibytes: {
    [dbKoku.claim]: 20,
    [dbKoku.replica.claim]: 20,
    [kafkaClaim]: 8,
    [objectStorageClaim]: 10,
    [valkeyClaim]: 2,
  },
  nodePools: { [kafkaNodePool]: 8 },
};

/**
 * The database as decided (tools/documentation/facts/decisions.md#sizes-of-production), the cache as in the chart
 * (tools/documentation/facts/valkey.md#sizes-of-the-chart).
 */
const production: PlatformStorage = {
  name: 'production',
  purpose: 'Disks for production.',
  gibibytes: {
    [dbKoku.claim]: 50,
    [dbKoku.replica.claim]: 50,
    [kafkaClaim]: 20,
    [objectStorageClaim]: 50,
    [valkeyClaim]: 5,
  },
  // Less than the chart's (tools/documentation/facts/kafka.md#disks-of-the-chart): a week of announcements is small.
  nodePools: { [kafkaNodePool]: 20 },
};

/** Sizes of disks a cluster can choose; it may go up, never down. */
export const storages: readonly PlatformStorage[] = [minimal, production];
