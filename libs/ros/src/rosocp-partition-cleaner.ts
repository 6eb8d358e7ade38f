import { workload } from '@cost-onprem/kit';
import { database, script } from './connections.ts';
import { program } from './program.ts';

/** The program ends with 0 after an error, and prints PostgreSQL's words (tools/documentation/facts/ros.md#partitions). */
const clean = `set -eu
said=$(./rosocp start housekeeper --partitions)
echo "$said"
case $said in *SQLSTATE*) exit 1 ;; esac
`;

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
  command: script(clean),
  connects: [database({ count: 1 })],
});
