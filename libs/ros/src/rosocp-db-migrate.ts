import { workload } from '@cost-onprem/kit';
import { database, script } from './connections.ts';
import { program } from './program.ts';

/**
 * `migrate up` ends with 0 even if a migration failed, so this script reads what `revision` says, and compares the version
 * with that of the newest file (tools/documentation/facts/ros.md#migrations). The reason is the last line of the log.
 */
const migrate = `set -eu
./rosocp db migrate up
state=$(./rosocp db revision)
echo "$state"
newest=$(cd migrations && ls | sed -n 's/^0*\\([0-9]*\\)_.*\\.up\\.sql$/\\1/p' | sort -n | tail -n 1)
version=$(echo "$state" | sed -n 's/.*version is: \\([0-9]*\\) *$/\\1/p')
if echo "$state" | grep -q 'dirty: true'; then
  echo "migration $version failed, and left the schema dirty: repair the database, then sync again" >&2
  exit 1
elif [ "$version" != "$newest" ]; then
  echo "the schema is of migration \${version:-none}, and this image needs $newest" >&2
  exit 1
fi
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
