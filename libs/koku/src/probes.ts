import type { Endpoint, Probes } from '@cost-onprem/kit';

/**
 * Probes of a process without an API, on its one-threaded probe server. A start takes eight seconds of one core, which
 * at a fifth of a core is a while; `/livez` answers from then on, `/readyz` once the database is migrated.
 */
export const processProbes = (on: Endpoint): Probes => ({
  startup: { check: { get: '/livez', on }, every: 5, timeout: 5, failures: 120 },
  readiness: { check: { get: '/readyz', on }, every: 20, timeout: 10, failures: 3 },
  liveness: { check: { get: '/livez', on }, every: 20, timeout: 10, failures: 5 },
});
