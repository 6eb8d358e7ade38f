/** Koku: its endpoints, the name of its profile's ConfigMap, and its Secret. */
import { endpoints, secret } from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';
import { combinedWorkers, splitWorkers, type KokuWorkerName } from './koku-workers.ts';

/**
 * Koku's code fixes these: 8000 for the API, 9000 for probes and metrics (tools/upstream-facts/koku.json). A change here does not
 * move the process. A Service with another port is `{ pod: 8000, service: 80 }`.
 */
const kokuApi = { http: 8000, metrics: 9000 } as const;

/** The prefix of Koku's API, which Koku gets as a variable (tools/documentation/facts/koku.md#prefix-of-the-api). */
export const kokuPrefix = '/api/cost-management';

export const kokuApiReads = endpoints('koku-api-reads', kokuApi);
export const kokuApiWrites = endpoints('koku-api-writes', kokuApi);

/** The gateway never routes to it (tools/documentation/facts/koku.md#masu-has-no-authentication). */
export const kokuMasu = endpoints('koku-masu', kokuApi);

/** The port of processes without an API, for probes and metrics: the same constant. */
const kokuProcess = { metrics: kokuApi.metrics } as const;

export const kokuListener = endpoints('koku-listener', kokuProcess);
export const kokuSourcesListener = endpoints('koku-sources-listener', kokuProcess);

/** A worker listens only for probes and Prometheus. */
export const kokuWorkerEndpoints = (name: KokuWorkerName) => endpoints(name, kokuProcess);

/** Exports metrics of Kafka, which exports none itself. */
export const kokuLagExporter = endpoints('koku-lag-exporter', kokuProcess);

/** As long as the public key that Koku would use without this one (tools/documentation/facts/koku.md#djangos-key). */
export const kokuDjango = secret('koku-django', { 'secret-key': 50 });

/** Variables that each profile sets by its size. A cluster’s `koku-settings` overrides them. */
export const kokuProfile = {
  name: 'koku-profile',
  keys: ['GUNICORN_WORKERS', 'GUNICORN_LOG_LEVEL', 'KOKU_LOG_LEVEL', 'DJANGO_LOG_LEVEL'],
} as const;

export const kokuContract = contract({
  singletons: ['koku-celery-beat', kokuSourcesListener.metrics.workload],
  replicated: [
    kokuApiReads.http.workload,
    kokuApiWrites.http.workload,
    kokuListener.metrics.workload,
    kokuMasu.http.workload,
    kokuLagExporter.metrics.workload,
    ...[...combinedWorkers, ...splitWorkers].map(({ name }) => name),
  ],
  jobs: ['koku-buckets', 'koku-db-migrate', 'koku-topics'],
  cronJobs: ['koku-management-command', 'koku-repair'],
  profileConfigMaps: [kokuProfile],
  secrets: [kokuDjango],
});
