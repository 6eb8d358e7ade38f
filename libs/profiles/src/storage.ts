import { claims, nodePools } from '@cost-onprem/contracts';
import type { PlatformStorage } from './profile.ts';

/** Sizes of the plan's minimal table (spec.md §4). */
const minimal: PlatformStorage = {
  name: 'minimal',
  purpose: 'Disks of the minimal table.',
  gibibytes: {
    [claims.dbKoku]: 20,
    [claims.dbKokuReplica]: 20,
    [claims.kafka]: 8,
    [claims.objectStorage]: 10,
    [claims.valkey]: 2,
  },
  nodePools: { [nodePools.kafka]: 8 },
};

/** spec.md §4, production; valkey as in facts/chart.md §1. */
const production: PlatformStorage = {
  name: 'production',
  purpose: 'Disks for production.',
  gibibytes: {
    [claims.dbKoku]: 50,
    [claims.dbKokuReplica]: 50,
    [claims.kafka]: 20,
    [claims.objectStorage]: 50,
    [claims.valkey]: 5,
  },
  // facts/chart.md §7 has 20 for controllers and 100 for brokers; a week of announcements is small.
  nodePools: { [nodePools.kafka]: 20 },
};

/** Sizes of disks a cluster can choose; it may go up, never down. */
export const storages: readonly PlatformStorage[] = [minimal, production];
