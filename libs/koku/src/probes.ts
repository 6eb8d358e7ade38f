import type { Endpoint, Probes } from '@cost-onprem/kit';

/**
 * Probes of a process without an API, on its one-threaded probe server. A start takes eight seconds of one core, which
 * at a fifth of a core is a while; `/livez` answers from then on, `/readyz` once the database is migrated.
 */
export const processProbes = (on: Endpoint): Required<Probes> => ({
  startup: { check: { get: '/livez', on }, every: 5, timeout: 5, failures: 120 },
  readiness: { check: { get: '/readyz', on }, every: 20, timeout: 10, failures: 3 },
  liveness: { check: { get: '/livez', on }, every: 20, timeout: 10, failures: 5 },
});

/**
 * Probes of a process that reads from Kafka. Without Kafka its `/readyz` hangs for as long as that lasts, and the only
 * thread with it (tools/documentation/facts/koku.md#probe-server,
 * tools/documentation/facts/koku-measurements.md#probes-without-kafka), so `/livez` would restart a process that only has to
 * wait. A process that ends is started again anyway.
 */
export const consumerProbes = (on: Endpoint): Probes => {
  const { startup, readiness } = processProbes(on);
  return { startup, readiness };
};
