/** Koku's connections to its servers. The names of its variables are in tools/upstream-facts/koku.json. */
import {
  bucketClaim,
  buckets,
  dbKoku,
  kafkaAddress,
  kafkaCredentials,
  objectStorage,
  objectStorageAddress,
  objectStorageCredentials,
  sourcesApi as sourcesServer,
  sourcesKey,
  valkeyAddress,
  valkeyCredentials,
  type PostgresServer,
} from '@cost-onprem/contracts';
import { clientPort, setting, type Connection, type Sessions } from '@cost-onprem/kit';
import { postgresqlService } from './watch.ts';

/** Seconds that a check waits for an answer of the server. */
const patience = 3;

const python = (program: string): readonly string[] => ['python3', '-c', program];

/**
 * `DATABASE_SERVICE_NAME` is the prefix of the variables with host and port
 * (tools/documentation/facts/koku.md#address-of-the-database).
 * @param sessions that one pod may have open (tools/documentation/facts/koku.md#sessions-with-the-database)
 */
export const database = (
  { to, host, port, more }: PostgresServer['address'],
  sessions: Sessions = { count: 1 },
): Connection => ({
  to,
  sessions,
  env: {
    DATABASE_ENGINE: 'postgresql',
    DATABASE_SERVICE_NAME: 'database',
    DATABASE_SERVICE_HOST: host,
    DATABASE_SERVICE_PORT: port,
    DATABASE_NAME: more.database,
    DATABASE_USER: more.username,
    DATABASE_PASSWORD: dbKoku.credentials.keys.password,
    // Any value switches on TLS and the check of the server's name. The next variable names the file.
    DATABASE_SERVICE_CERT: more['ca-file'],
    DATABASE_SERVICE_CERTFILE: more['ca-file'],
    ...postgresqlService,
  },
  waitFor: python(`import os, psycopg2
e = os.environ
psycopg2.connect(
    host=e["DATABASE_SERVICE_HOST"], port=e["DATABASE_SERVICE_PORT"], dbname=e["DATABASE_NAME"],
    user=e["DATABASE_USER"], password=e["DATABASE_PASSWORD"], connect_timeout=${patience},
    **({"sslmode": "verify-full", "sslrootcert": e["DATABASE_SERVICE_CERTFILE"]} if e.get("DATABASE_SERVICE_CERT") else {}),
).cursor().execute("select 1")
`),
});

/** One server for the cache, Celery's broker and its results. The logical database 1 is a constant in Koku's code. */
export const redis = ({ to, host, port, more } = valkeyAddress): Connection => ({
  to,
  env: {
    REDIS_HOST: host,
    REDIS_PORT: port,
    REDIS_USERNAME: more.username,
    REDIS_PASSWORD: valkeyCredentials.keys.password,
    REDIS_SSL: more.tls,
    REDIS_SSL_CA_CERTS: more['ca-file'],
  },
  waitFor: python(`import os, redis
e = os.environ
redis.Redis(
    host=e["REDIS_HOST"], port=int(e["REDIS_PORT"]), username=e.get("REDIS_USERNAME"), password=e["REDIS_PASSWORD"],
    ssl=bool(e.get("REDIS_SSL")), ssl_ca_certs=e.get("REDIS_SSL_CA_CERTS"),
    socket_connect_timeout=${patience}, socket_timeout=${patience},
).ping()
`),
});

/** Kafka announces uploads to Koku, and Koku's results to other applications. A mechanism switches SASL on. */
export const kafka = ({ to, host, port, more } = kafkaAddress): Connection => ({
  to,
  env: {
    INSIGHTS_KAFKA_HOST: host,
    INSIGHTS_KAFKA_PORT: port,
    KAFKA_SECURITY_PROTOCOL: more['security-protocol'],
    KAFKA_SASL_MECHANISM: more['sasl-mechanism'],
    KAFKA_SASL_USERNAME: more['sasl-username'],
    KAFKA_SASL_PASSWORD: { ...kafkaCredentials.keys.password, optional: true },
    KAFKA_SSL_CA_LOCATION: more['ca-file'],
  },
});

/** The object store. With a bucket claim `S3_BUCKET_NAME` overrides the names of all buckets. */
export const objectStore: Connection = {
  to: objectStorage.s3,
  env: {
    // Koku wants a URL, other clients want its parts. Kubernetes expands only variables that stand earlier in the list.
    OBJECT_STORAGE_SCHEME: setting(objectStorageAddress, 'scheme'),
    OBJECT_STORAGE_HOST: setting(objectStorageAddress, 'host'),
    S3_ENDPOINT: '$(OBJECT_STORAGE_SCHEME)://$(OBJECT_STORAGE_HOST)',
    S3_REGION: setting(objectStorageAddress, 'region'),
    S3_ACCESS_KEY: objectStorageCredentials.keys.AWS_ACCESS_KEY_ID,
    S3_SECRET: objectStorageCredentials.keys.AWS_SECRET_ACCESS_KEY,
    S3_BUCKET_NAME: bucketClaim.bucketName,
    REQUESTED_BUCKET: buckets.koku,
    AWS_CONFIG_FILE: setting(objectStorageAddress, 'aws-configuration'),
    AWS_CA_BUNDLE: setting(objectStorageAddress, 'ca-file'),
  },
};

/** sources-api, of which Koku's listener learns its sources. The variables have the prefix that Koku's code gives. */
export const sourcesApi: Connection = {
  to: sourcesServer.http,
  env: {
    SOURCES_API_SVC_HOST: sourcesServer.http.workload,
    SOURCES_API_SVC_PORT: String(clientPort(sourcesServer.http)),
    SOURCES_PSK: sourcesKey.keys.psk,
  },
};
