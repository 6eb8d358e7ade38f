import { databaseClaims, dbKokuAddress, dbKokuCredentials, dbKokuReplica as listens } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { replicationUser } from './replication.ts';
import { configuration, configurationFolder, dataFolder, probes, server } from './server.ts';

/**
 * The image's own replica copies the whole database at every start; this one does so once, and then streams what it
 * missed. The password is in a file of the pod's own. A copy that was cut short leaves nothing that looks complete.
 */
const start = `set -eu
sizes=$(cgroup-limits)
export $sizes
source "$CONTAINER_SCRIPTS_PATH/common.sh"
set_pgdata
generate_passwd_file
export ENABLE_REPLICATION=false
generate_postgresql_config
umask 077
printf '*:*:*:${replicationUser}:%s\\n' "$REPLICATION_PASSWORD" > "$HOME/.pgpass"
export PGPASSFILE="$HOME/.pgpass"
primary="host=$PRIMARY_HOST port=$PRIMARY_PORT user=${replicationUser} passfile=$PGPASSFILE application_name=$HOSTNAME"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  rm -rf "$PGDATA.copy"
  pg_basebackup --dbname="$primary" --pgdata="$PGDATA.copy" --wal-method=stream --checkpoint=fast --progress
  touch "$PGDATA.copy/standby.signal"
  rm -rf "$PGDATA"
  mv "$PGDATA.copy" "$PGDATA"
fi
exec postgres -c primary_conninfo="$primary"
`;

/** The check runs before the replica's own start, so that a primary which is still being set up is waited for. */
const primaryAccepts = [
  'sh',
  '-c',
  'pg_isready --quiet --username=postgres --host="$PRIMARY_HOST" --port="$PRIMARY_PORT"',
];

/** A copy of Koku's database that follows it, for koku-api-reads. */
export const dbKokuReplica = workload({
  ...server,
  name: 'db-koku-replica',
  purpose: 'A copy of Koku’s database that follows it (streaming replication).',
  command: ['bash', '-c', start],
  listens,
  connects: [
    {
      to: dbKokuAddress.to,
      env: { PRIMARY_HOST: dbKokuAddress.host, PRIMARY_PORT: dbKokuAddress.port },
      waitFor: primaryAccepts,
    },
  ],
  env: { REPLICATION_PASSWORD: dbKokuCredentials.keys['replication-password'] },
  files: [
    {
      configMap: 'db-koku-replica-configuration',
      mountPath: configurationFolder,
      contents: { 'koku.conf': configuration },
    },
  ],
  store: { claim: databaseClaims.dbKokuReplica, mountPath: dataFolder },
  probes: probes(listens.postgres),
});
