import { dbKoku, kokuProfile } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { database, redis } from './connections.ts';
import { migrationSessions } from './migration.ts';
import { environment, folders } from './environment.ts';
import { image } from './image.ts';
import { kokuSettings } from './settings.ts';

/** A template. The command is in a variable, because `kubectl create job --from` cannot change a command. */
export const kokuManagementCommand = workload({
  name: 'koku-management-command',
  purpose: 'A template for one command of Koku’s manage.py; never runs by itself.',
  kind: 'CronJob',
  // The thirty-first of February: a CronJob must have a schedule, and this one never comes.
  schedule: '0 0 31 2 *',
  suspended: true,
  image,
  wave: 'application',
  workingDirectory: '/opt/koku',
  // Not quoted, so that each word of the variable is an argument.
  command: ['bash', '-c', 'exec python3 koku/manage.py $MANAGEMENT_COMMAND'],
  settings: [kokuProfile, kokuSettings],
  contributions: folders,
  connects: [database(dbKoku.address, migrationSessions), redis()],
  env: { ...environment, MANAGEMENT_COMMAND: 'check_migrations' },
});
