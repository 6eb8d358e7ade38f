import { workload } from '@cost-onprem/kit';
import { environment, program, start } from './program.ts';

/** Both programs end with 0 after an error, so the script looks into their log (tools/documentation/facts/kruize.md#partitions). */
const once = (name: string): readonly string[] =>
  start(`set -o pipefail; bash target/bin/${name} 2>&1 | tee /tmp/log && ! grep --quiet ' ERROR ' /tmp/log`);

/** The programs of the image that end with their work. */
const job = {
  kind: 'CronJob',
  deadline: 3600,
  wave: 'edge',
  ...program,
  env: environment,
} as const;

/** Kruize creates a missing partition itself; this one is there before the month begins. */
export const kruizeCreatePartitions = workload({
  ...job,
  name: 'kruize-create-partitions',
  purpose: 'Creates the next month’s partitions of Kruize’s database.',
  schedule: '0 0 25 * *',
  command: once('CreatePartition'),
});

/** Without it the disk fills. */
export const kruizeDeletePartitions = workload({
  ...job,
  name: 'kruize-delete-partitions',
  purpose: 'Drops old partitions of Kruize’s database.',
  schedule: '0 0 * * *',
  command: once('RetentionPartition'),
});
