import { maxConnections, type PostgresDatabase, type PostgresReplica } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { replicationUser } from './replication.ts';
import { server } from './server.ts';

/**
 * The image's own replica copies the whole database at every start; this one does so once, and then streams what it
 * missed. The password is in a file of the pod's own. A copy that was cut short leaves nothing that looks complete.
 * It may need more connections than it is told (tools/documentation/facts/postgresql.md#connections-of-a-standby).
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
connections=\${${maxConnections.variable}:-${maxConnections.otherwise}}
replayed=$(LC_ALL=C pg_controldata "$PGDATA" | sed -n 's/^max_connections setting: *//p')
[ "$replayed" -le "$connections" ] || connections=$replayed
exec postgres -c primary_conninfo="$primary" -c max_connections="$connections"
`;

/** The check runs before the replica's own start, so that a primary which is still being set up is waited for. */
const primaryAccepts = [
  'sh',
  '-c',
  'pg_isready --quiet --username=postgres --host="$PRIMARY_HOST" --port="$PRIMARY_PORT"',
];

/** The server that follows the one that a database is on. */
export const follower = <const Name extends string>(
  { id, address }: PostgresDatabase,
  replica: PostgresReplica<Name>,
) =>
  workload({
    ...server(id, replica),
    command: ['bash', '-c', start],
    connects: [
      {
        to: address.to,
        env: { PRIMARY_HOST: address.host, PRIMARY_PORT: address.port },
        // What it streams by is no session (max_wal_senders).
        sessions: { count: 0 },
        waitFor: primaryAccepts,
      },
    ],
    env: { REPLICATION_PASSWORD: replica.credentials.keys.password },
  });
