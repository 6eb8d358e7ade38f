import {
  dbSources,
  kafkaAddress,
  sourcesApi as listens,
  sourcesEncryption,
  sourcesKey,
  postgresqlAnswers,
  trustedCa,
  valkeyAddress,
  valkeyAnswers,
  valkeyCredentials,
} from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';

// renovate: datasource=docker
const image = 'quay.io/redhat-user-workloads/hcc-integrations-tenant/sources/sources-api:d6d8745';

const { to, host, port, more } = dbSources.address;

/**
 * Keeps the sources. Every start migrates the database, under a lock in the cache
 * (tools/documentation/facts/sources.md#migrations).
 */
export const sourcesApi = workload({
  name: listens.http.workload,
  purpose: 'Keeps the platform’s sources, and announces each change.',
  kind: 'Deployment',
  image,
  wave: 'application',
  // It checks the server's certificate only if told to (tools/documentation/facts/sources.md#variables).
  command: ['sh', '-c', '[ -z "$DATABASECERT" ] || export DATABASESSLMODE=verify-full; exec /app/sources-api-go'],
  listens,
  metrics: listens.metrics,
  connects: [
    {
      to,
      // The limit of its pool (tools/documentation/facts/sources.md#sessions-with-the-database).
      sessions: { count: 20 },
      env: {
        DATABASE_HOST: host,
        DATABASE_PORT: port,
        DATABASE_NAME: more.database,
        DATABASE_USER: more.username,
        DATABASE_PASSWORD: dbSources.credentials.keys.password,
        DATABASECERT: more['ca-file'],
      },
      waitFor: postgresqlAnswers('DATABASE_HOST', 'DATABASE_PORT'),
    },
    {
      to: valkeyAddress.to,
      env: {
        REDIS_CACHE_HOST: valkeyAddress.host,
        REDIS_CACHE_PORT: valkeyAddress.port,
        REDIS_CACHE_PASSWORD: valkeyCredentials.keys.password,
      },
      waitFor: valkeyAnswers('REDIS_CACHE_HOST', 'REDIS_CACHE_PORT'),
    },
    { to: kafkaAddress.to, env: { QUEUE_HOST: kafkaAddress.host, QUEUE_PORT: kafkaAddress.port } },
  ],
  contributions: [trustedCa],
  env: {
    PORT: String(listens.http.number),
    METRICS_PORT: String(listens.metrics.number),
    ENCRYPTION_KEY: sourcesEncryption.keys.key,
    SOURCES_PSKS: sourcesKey.keys.psk,
    // Until there are permissions: the gateway's token protects it.
    BYPASS_RBAC: 'true',
    SOURCES_ENV: 'prod',
    LOG_LEVEL: 'INFO',
  },
  probes: {
    startup: { check: { get: '/health', on: listens.http }, every: 5, timeout: 5, failures: 60 },
    readiness: { check: { get: '/health', on: listens.http }, every: 10, timeout: 5, failures: 3 },
    liveness: { check: { get: '/health', on: listens.http }, every: 20, timeout: 10, failures: 5 },
  },
});
