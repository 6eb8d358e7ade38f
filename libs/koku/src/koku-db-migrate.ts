import { dbKokuAddress, kokuSettings } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { database, redis } from './connections.ts';
import { environment } from './environment.ts';
import { image } from './image.ts';

/**
 * Upstream's script exits 0 while another run is active and has done nothing then (facts/koku.md §4), so it is run
 * until Koku itself says that nothing is left to migrate. A run that fails ends the pod, and its log tells why.
 */
const migrate = `set -eu
while :; do
  bash scripts/run_migrations.sh
  state=$(python3 koku/manage.py check_migrations | tail -n 1)
  echo "check_migrations: $state"
  [ "$state" != True ] || exit 0
  sleep 5
done`;

/** Migrates all schemas before any pod of the new version starts; a hook of every sync, short when nothing is to do. */
export const kokuDbMigrate = workload({
  name: 'koku-db-migrate',
  purpose: 'Migrates Koku’s database before any pod of a new version starts.',
  kind: 'Job',
  image,
  wave: 'preparation',
  workingDirectory: '/opt/koku',
  command: ['bash', '-c', migrate],
  settings: [kokuSettings],
  connects: [database(dbKokuAddress), redis()],
  env: environment,
});
