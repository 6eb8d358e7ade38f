import { maxConnections, type PostgresDatabase, type PostgresReplica } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { replicationUser } from './replication.ts';
import { server } from './server.ts';

/**
 * The image's replica copies the whole database at every start. This script copies it once, and then streams the
 * changes that it missed. It writes the password to a file of its pod. It renames the copy when it is complete, so that
 * an interrupted copy starts again. A standby that allows fewer connections than the primary did does not start, so the
 * script raises the profile's number where necessary
 * (tools/documentation/facts/postgresql.md#connections-of-a-standby).
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

/** An init container runs this check, so that the replica waits until the image has set up the primary. */
const primaryAccepts = [
  'sh',
  '-c',
  'pg_isready --quiet --username=postgres --host="$PRIMARY_HOST" --port="$PRIMARY_PORT"',
];

/** The read replica of a database, which follows its primary server. */
export const follower = <const Name extends string>(
  { id, address, work }: PostgresDatabase,
  replica: PostgresReplica<Name>,
) =>
  workload({
    ...server(id, replica, work),
    command: ['bash', '-c', start],
    connects: [
      {
        to: address.to,
        env: { PRIMARY_HOST: address.host, PRIMARY_PORT: address.port },
        // Streaming uses a WAL sender (max_wal_senders) and no session.
        sessions: { count: 0 },
        waitFor: primaryAccepts,
      },
    ],
    env: { REPLICATION_PASSWORD: replica.credentials.keys.password },
  });
