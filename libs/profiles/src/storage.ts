import { databaseClaims, kafkaClaim, kafkaNodePool, objectStorageClaim, valkeyClaim } from '@cost-onprem/contracts';
import type { PlatformStorage } from './profile.ts';

/** Sizes of the plan's minimal table (spec.md §4). */
const minimal: PlatformStorage = {
  name: 'minimal',
  purpose: 'Disks of the minimal table.',
  gibibytes: {
    [databaseClaims.dbKoku]: 20,
    [databaseClaims.dbKokuReplica]: 20,
    [kafkaClaim]: 8,
    [objectStorageClaim]: 10,
    [valkeyClaim]: 2,
  },
  nodePools: { [kafkaNodePool]: 8 },
};

/** spec.md §4, production; valkey as in facts/chart.md §1. */
const production: PlatformStorage = {
  name: 'production',
  purpose: 'Disks for production.',
  gibibytes: {
    [databaseClaims.dbKoku]: 50,
    [databaseClaims.dbKokuReplica]: 50,
    [kafkaClaim]: 20,
    [objectStorageClaim]: 50,
    [valkeyClaim]: 5,
  },
  // facts/chart.md §7 has 20 for controllers and 100 for brokers; a week of announcements is small.
  nodePools: { [kafkaNodePool]: 20 },
};

/** Sizes of disks a cluster can choose; it may go up, never down. */
export const storages: readonly PlatformStorage[] = [minimal, production];
