import { workload } from '@cost-onprem/kit';
import { environmentWith, program, start } from './program.ts';

/** The programs of the image that end with their work, and do not start the server. */
const job = {
  kind: 'CronJob',
  deadline: 3600,
  wave: 'edge',
  ...program,
  env: environmentWith({ START_AUTOTUNE: 'false' }),
} as const;

/** Kruize creates a missing partition itself; this one is there before the month begins. */
export const kruizeCreatePartitions = workload({
  ...job,
  name: 'kruize-create-partitions',
  purpose: 'Creates the next month’s partitions of Kruize’s database.',
  schedule: '0 0 25 * *',
  command: start('CreatePartition'),
});

/** Without it the disk fills. */
export const kruizeDeletePartitions = workload({
  ...job,
  name: 'kruize-delete-partitions',
  purpose: 'Drops old partitions of Kruize’s database.',
  schedule: '0 0 * * *',
  command: start('RetentionPartition'),
});
