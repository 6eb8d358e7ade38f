import type { PostgresDatabase } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { replicationUser } from './replication.ts';
import { customization, server } from './server.ts';

/**
 * initdb starts servers that do not read our settings (tools/documentation/facts/postgresql.md#huge-pages). The image
 * has no variable for initdb's options (tools/documentation/facts/postgresql.md#options-of-initdb-in-the-image).
 */
const preStart = `# Sourced before the image makes the cluster on an empty volume.
initdb() {
  command initdb --set=huge_pages=off "$@"
}
`;

const replicationRole = `\\getenv password REPLICATION_PASSWORD
SELECT 'CREATE ROLE ${replicationUser}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${replicationUser}') \\gexec
ALTER ROLE ${replicationUser} WITH LOGIN REPLICATION PASSWORD :'password';
`;

const creation = (extensions: readonly string[]): string =>
  `-- Only a superuser may create these, and migrations expect them to be there.
${extensions.map((extension) => `CREATE EXTENSION IF NOT EXISTS "${extension}";\n`).join('')}`;

/**
 * The image sources this script at every start, as the superuser, before the server listens on TCP. The image itself
 * creates the owner and the database on an empty volume, and sets the owner's password at every start. This script does
 * the rest. psql gets values through its environment, because other processes can read its command line.
 */
const start = (
  statements: string,
): string => `# Idempotent: runs at every start, so that a changed Secret takes effect with a restart.
psql --quiet --set=ON_ERROR_STOP=1 --dbname="$POSTGRESQL_DATABASE" <<'SQL'
${statements}SQL
`;

/** The primary server of a database. */
export const primary = <const Name extends string>(database: PostgresDatabase<Name>) => {
  const { id, name, address, credentials, extensions, replica } = database;
  const shared = server(id, database, database.work);
  const statements = `${replica ? replicationRole : ''}${extensions.length > 0 ? creation(extensions) : ''}`;
  return workload({
    ...shared,
    env: {
      POSTGRESQL_USER: address.more.username,
      POSTGRESQL_DATABASE: address.more.database,
      POSTGRESQL_PASSWORD: credentials.keys.password,
      ...(replica && { REPLICATION_PASSWORD: replica.credentials.keys.password }),
    },
    files: [
      ...shared.files,
      customization(`${name}-pre-start`, 'pre-start', { [`${id}.sh`]: preStart }),
      ...(statements === '' ? [] : [customization(`${name}-start`, 'start', { [`${id}.sh`]: start(statements) })]),
    ],
  });
};
