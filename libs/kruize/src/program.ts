/** What Kruize's server and its two jobs have in common (tools/documentation/facts/kruize.md#variables). */
import { dbKruize, trustedCa } from '@cost-onprem/contracts';
import type { Connection, Env, Sessions } from '@cost-onprem/kit';
import { image } from './image.ts';
import { kruizeSettings } from './settings.ts';

const { to, host, port, more } = dbKruize.address;

/**
 * Starts a program of the image. Kruize has no setting for TLS, but it puts the database's name into an address as it is, so
 * that the driver reads what follows it (tools/documentation/facts/kruize.md#encryption).
 */
export const start = (script: string): readonly string[] => [
  'bash',
  '-c',
  `[ -z "$DATABASE_CA_FILE" ] || export database_name="$database_name?sslmode=verify-full&sslrootcert=$DATABASE_CA_FILE"; exec bash target/bin/${script}`,
];

/**
 * Asks PostgreSQL for encryption, because the image has no client: any server that listens answers S or N
 * (PostgreSQL's protocol, “SSLRequest”).
 */
const answers = [
  'bash',
  '-c',
  `exec 3<>"/dev/tcp/$database_hostname/$database_port" && printf '\\0\\0\\0\\010\\004\\322\\026\\057' >&3 && read -r -t 3 -n 1 answer <&3 && [[ $answer == [SN] ]]`,
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
  waitFor: answers,
};

/** Kruize starts with nothing less. */
const environment: Env = {
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
  // Without rights on the cluster: it asks no API server.
  local: 'false',
  plots: 'false',
};

export const program = {
  image,
  workingDirectory: '/home/autotune/app',
  settings: [kruizeSettings],
  contributions: [trustedCa],
  connects: [database],
} as const;

/** @param variables of one program */
export const environmentWith = (variables: Env = {}): Env => ({ ...environment, ...variables });
