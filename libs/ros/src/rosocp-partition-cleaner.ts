import { workload } from '@cost-onprem/kit';
import { database, rosocp } from './connections.ts';
import { program } from './program.ts';

/** Drops the partitions of old recommendations (tools/documentation/facts/ros.md#partitions). */
export const rosocpPartitionCleaner = workload({
  name: 'rosocp-partition-cleaner',
  purpose: 'Drops old partitions of the resource optimisation’s database.',
  kind: 'CronJob',
  // The chart's schedule.
  schedule: '0 0 */15 * *',
  deadline: 3600,
  wave: 'edge',
  ...program,
  command: rosocp('start', 'housekeeper', '--partitions'),
  connects: [database({ count: 1 })],
});
