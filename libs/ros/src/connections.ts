/** The connections of the programs of ROS (tools/documentation/facts/ros.md#variables). */
import { dbRos, kafkaAddress, kafkaCredentials, kruize as kruizeServer } from '@cost-onprem/contracts';
import { clientPort, type Connection, type Sessions } from '@cost-onprem/kit';

/**
 * Runs a script in which the program knows PostgreSQL's CA. It takes the certificate as text, and there is one only where the
 * cluster names a file.
 */
export const script = (text: string): readonly string[] => [
  'sh',
  '-c',
  `if [ -n "$DB_CA_FILE" ]; then DB_SSL=verify-full DB_CA_CERT="$(cat "$DB_CA_FILE")"; export DB_SSL DB_CA_CERT; fi
${text}`,
];

/** Runs the program of ROS with some words. */
export const rosocp = (...words: readonly string[]): readonly string[] => script(`exec ./rosocp ${words.join(' ')}\n`);

const { to, host, port, more } = dbRos.address;

/** `revision` ends with 1 if PostgreSQL does not answer (tools/documentation/facts/ros.md#migrations). */
export const database = (sessions: Sessions): Connection => ({
  to,
  sessions,
  env: {
    DB_HOST: host,
    DB_PORT: port,
    DB_NAME: more.database,
    DB_USER: more.username,
    DB_PASSWORD: dbRos.credentials.keys.password,
    DB_CA_FILE: more['ca-file'],
  },
  waitFor: rosocp('db', 'revision'),
});

/** @param group in which the pods of a workload share the messages */
export const kafka = (group: string): Connection => ({
  to: kafkaAddress.to,
  env: {
    KAFKA_HOST: kafkaAddress.host,
    KAFKA_PORT: kafkaAddress.port,
    KAFKA_BOOTSTRAP_SERVERS: '$(KAFKA_HOST):$(KAFKA_PORT)',
    KAFKA_SECURITY_PROTOCOL: kafkaAddress.more['security-protocol'],
    KAFKA_SASL_MECHANISM: kafkaAddress.more['sasl-mechanism'],
    KAFKA_SASL_USERNAME: kafkaAddress.more['sasl-username'],
    KAFKA_SASL_PASSWORD: { ...kafkaCredentials.keys.password, optional: true },
    KAFKA_SSL_CA_LOCATION: kafkaAddress.more['ca-file'],
    KAFKA_CONSUMER_GROUP_ID: group,
  },
});

/**
 * The processor teaches Kruize how to calculate at its start, and works without if Kruize does not answer
 * (tools/documentation/facts/ros.md#start-without-kruize), so it waits.
 */
export const kruize: Connection = {
  to: kruizeServer.kruize,
  env: {
    KRUIZE_HOST: kruizeServer.kruize.workload,
    KRUIZE_PORT: String(clientPort(kruizeServer.kruize)),
  },
  waitFor: { get: '/health', by: 'curl' },
};
