/** The connections of the programs of ROS (tools/documentation/facts/ros.md#variables). */
import { dbRos, kafkaAddress, kafkaCredentials, kruize as kruizeServer } from '@cost-onprem/contracts';
import { clientPort, type Connection, type Sessions } from '@cost-onprem/kit';

/**
 * The program takes the certificates of PostgreSQL's CA as a variable, which Linux limits to 128 KiB. OpenShift's bundle is
 * larger, because it also has every public CA; so of a large file the variable gets those that the image does not know. The
 * program writes them to a new file at each start (tools/documentation/facts/ros.md#encryption).
 */
const trustDatabase = `certificates() { sed -n '/-BEGIN CERT/,/-END CERT/H;/-END CERT/{s/.*//;x;s/\\n/@/gp;}' "$1"; }
if [ -n "$DB_CA_FILE" ]; then
  rm -f /tmp/RdsCa.pem*
  DB_SSL=verify-full
  if [ "$(wc -c < "$DB_CA_FILE")" -le 100000 ]; then
    DB_CA_CERT=$(cat "$DB_CA_FILE")
  else
    certificates /etc/pki/tls/certs/ca-bundle.crt > /tmp/public-ca
    DB_CA_CERT=$(certificates "$DB_CA_FILE" | grep -vxFf /tmp/public-ca | tr @ '\\n')
  fi
  export DB_SSL DB_CA_CERT
fi
`;

/** Runs a script in which the program trusts the database's CA. */
export const script = (text: string): readonly string[] => ['sh', '-c', `${trustDatabase}${text}`];

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
