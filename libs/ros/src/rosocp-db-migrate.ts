import { workload } from '@cost-onprem/kit';
import { database, script } from './connections.ts';
import { program } from './program.ts';

/**
 * `migrate up` ends with 0 even if a migration failed, so this script reads what `revision` says, and compares the version
 * with that of the newest file (tools/documentation/facts/ros.md#migrations).
 */
const migrate = `set -eu
./rosocp db migrate up
state=$(./rosocp db revision)
echo "$state"
newest=$(cd migrations && ls | sed -n 's/^0*\\([0-9]*\\)_.*\\.up\\.sql$/\\1/p' | sort -n | tail -n 1)
echo "$state" | grep -q "version is: $newest *$" || { echo "the newest migration of this image is $newest: it did not run" >&2; exit 1; }
echo "$state" | grep -q 'dirty: false' || { echo "a migration failed and left the schema dirty: repair it, then sync again" >&2; exit 1; }
`;

/** Migrates the database before any pod of the new version starts. */
export const rosocpDbMigrate = workload({
  name: 'rosocp-db-migrate',
  purpose: 'Migrates the database of the resource optimisation, and checks that it has.',
  kind: 'Job',
  wave: 'preparation',
  ...program,
  command: script(migrate),
  connects: [database({ count: 1 })],
});
