import { databaseClaims, dbKoku as listens, dbKokuAddress, dbKokuCredentials } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { replicationUser } from './replication.ts';
import { configuration, configurationFolder, dataFolder, probes, server, startFolder } from './server.ts';

/**
 * Sourced by the image at every start, as the superuser, before the server listens on TCP. The image itself makes the
 * owner and the database on an empty volume, and sets the owner's password each time; the rest is here. Values reach
 * psql through its environment, for its command line could be read.
 */
const start = `# Idempotent: runs at every start, so that a changed Secret takes effect with a restart.
psql --quiet --set=ON_ERROR_STOP=1 --dbname="$POSTGRESQL_DATABASE" <<'SQL'
\\getenv password REPLICATION_PASSWORD
SELECT 'CREATE ROLE ${replicationUser}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${replicationUser}') \\gexec
ALTER ROLE ${replicationUser} WITH LOGIN REPLICATION PASSWORD :'password';
-- Only a superuser may create this one; Koku's migrations expect it to be there.
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
SQL
`;

/** Koku's database: everything that the platform knows is in here. */
export const dbKoku = workload({
  ...server,
  name: 'db-koku',
  purpose: 'Koku’s PostgreSQL.',
  listens,
  env: {
    POSTGRESQL_USER: dbKokuAddress.more.username,
    POSTGRESQL_DATABASE: dbKokuAddress.more.database,
    POSTGRESQL_PASSWORD: dbKokuCredentials.keys.password,
    REPLICATION_PASSWORD: dbKokuCredentials.keys['replication-password'],
  },
  files: [
    { configMap: 'db-koku-configuration', mountPath: configurationFolder, contents: { 'koku.conf': configuration } },
    { configMap: 'db-koku-start', mountPath: startFolder, contents: { 'koku.sh': start } },
  ],
  store: { claim: databaseClaims.dbKoku, mountPath: dataFolder },
  probes: probes(listens.postgres),
});
