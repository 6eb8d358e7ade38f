import type { Endpoint, Probes } from '@cost-onprem/kit';

/**
 * Probes of a process without an API, on its single-threaded probe server. A start takes eight seconds of one core, so 40 at
 * a fifth of a core. Then `/livez` succeeds, and `/readyz` once the database is migrated.
 */
export const processProbes = (on: Endpoint): Required<Probes> => ({
  startup: { check: { get: '/livez', on }, every: 5, timeout: 5, failures: 120 },
  readiness: { check: { get: '/readyz', on }, every: 20, timeout: 10, failures: 3 },
  liveness: { check: { get: '/livez', on }, every: 20, timeout: 10, failures: 5 },
});

/**
 * Probes of a process that reads from Kafka. While Kafka is away its `/readyz` hangs, and with it the only thread of the
 * probe server (tools/documentation/facts/koku.md#probe-server,
 * tools/documentation/facts/koku-measurements.md#probes-without-kafka). So a liveness probe would restart a process that only
 * has to wait. The kubelet restarts a process that ends without one.
 */
export const consumerProbes = (on: Endpoint): Probes => {
  const { startup, readiness } = processProbes(on);
  return { startup, readiness };
};
