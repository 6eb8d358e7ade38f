import { dbKoku } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { database, redis } from './connections.ts';
import { migrationSessions } from './migration.ts';
import { environment, folders } from './environment.ts';
import { image } from './image.ts';
import { kokuSettings } from './settings.ts';

/** How often the Job checks, five seconds apart, whether another migration has ended. */
const attempts = 120;

/**
 * Koku's script exits with 0 and does nothing while another run is active, so the Job repeats it until Koku reports that
 * it has migrated its own schemas. That report says nothing about the customers' schemas, so the Job always migrates these
 * once more; this is short when there is nothing to do (tools/documentation/facts/koku.md#migrations). Last, the Job
 * creates the schema that Koku copies for a new customer. Otherwise the first customer's first request would create it,
 * and time out (tools/documentation/facts/koku-measurements.md#the-first-customer).
 */
const migrate = `set -euo pipefail
for attempt in $(seq ${attempts}); do
  bash scripts/run_migrations.sh
  state=$(python3 koku/manage.py check_migrations | tail -n 1)
  echo "check_migrations: $state"
  [ "$state" != True ] || break
  sleep 5
done
[ "$state" = True ]
APPLICATION_NAME=koku_db_migration python3 koku/manage.py migrate_schemas --executor=multiprocessing
python3 koku/manage.py shell -c '
from api.iam.models import Tenant
tenant = Tenant(schema_name="template_check")
if not (tenant._check_clone_func() and tenant._verify_template()):
    raise SystemExit("Koku could not create the template schema")
'
`;

/** Migrates all schemas before any pod of the new version starts. A hook of every sync; short when nothing has changed. */
export const kokuDbMigrate = workload({
  name: 'koku-db-migrate',
  purpose: 'Migrates Koku’s database before any pod of a new version starts.',
  kind: 'Job',
  image,
  wave: 'preparation',
  workingDirectory: '/opt/koku',
  command: ['bash', '-c', migrate],
  settings: [kokuSettings],
  contributions: folders,
  connects: [database(dbKoku.address, migrationSessions), redis()],
  env: environment,
});
