/** What Kruize's server and its two jobs have in common (tools/documentation/facts/kruize.md#variables). */
import { dbKruize, postgresqlAnswers, trustedCa } from '@cost-onprem/contracts';
import type { Connection, Env, Sessions } from '@cost-onprem/kit';
import { image } from './image.ts';
import { kruizeSettings } from './settings.ts';

const { to, host, port, more } = dbKruize.address;

/**
 * Runs a script of bash. Kruize has no setting for TLS, but it puts the database's name into an address as it is, so
 * that the driver reads what follows it (tools/documentation/facts/kruize.md#encryption).
 */
export const start = (script: string): readonly string[] => [
  'bash',
  '-c',
  `[ -z "$DATABASE_CA_FILE" ] || export database_name="$database_name?sslmode=verify-full&sslrootcert=$DATABASE_CA_FILE"; ${script}`,
];

/** One pool of sessions for each process. */
const sessions: Sessions = { count: 10 };

export const database: Connection = {
  to,
  sessions,
  env: {
    database_hostname: host,
    database_port: port,
    database_name: more.database,
    database_username: more.username,
    database_password: dbKruize.credentials.keys.password,
    DATABASE_CA_FILE: more['ca-file'],
  },
  waitFor: postgresqlAnswers('database_hostname', 'database_port'),
};

/** Kruize starts with nothing less, and neither do the two jobs (tools/documentation/facts/kruize.md#variables). */
export const environment: Env = {
  dbdriver: 'jdbc:postgresql://',
  hibernate_dialect: 'org.hibernate.dialect.PostgreSQLDialect',
  hibernate_driver: 'org.postgresql.Driver',
  hibernate_c3p0minsize: '2',
  hibernate_c3p0maxsize: String(sessions.count),
  hibernate_c3p0timeout: '300',
  hibernate_c3p0maxstatements: '100',
  hibernate_hbm2ddlauto: 'none',
  hibernate_showsql: 'false',
  hibernate_timezone: 'UTC',
  clustertype: 'kubernetes',
  monitoringagent: 'prometheus',
  // Kruize demands names, and asks neither, because ROS tells it everything.
  monitoringservice: 'none',
  monitoringendpoint: 'none',
  savetodb: 'true',
  // It watches nothing on the cluster, and needs no rights there.
  local: 'false',
  // It still asks the API server, with retries of ten seconds, before it listens. Here nothing answers, and it asks once
  // (tools/documentation/facts/kruize.md#start).
  KUBERNETES_MASTER: 'http://127.0.0.1:1',
  KUBERNETES_REQUEST_RETRY_BACKOFFLIMIT: '0',
};

export const program = {
  image,
  workingDirectory: '/home/autotune/app',
  settings: [kruizeSettings],
  contributions: [trustedCa],
  connects: [database],
} as const;
