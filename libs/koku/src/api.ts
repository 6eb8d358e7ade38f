import { kokuPrefix, kokuProfile, requestTimeout } from '@cost-onprem/contracts';
import type { Endpoint, Env, Probes, Sessions } from '@cost-onprem/kit';
import { environment, folders } from './environment.ts';
import { image } from './image.ts';
import { kokuSettings } from './settings.ts';

/** Seconds between a pod's removal from the load balancers and its SIGTERM. */
const drain = 5;

/** The image's own script with `exec`, because its shell would not pass SIGTERM to gunicorn. */
const command = [
  'bash',
  '-c',
  'cd "$APP_HOME" && exec gunicorn koku.wsgi --access-logfile=- --config gunicorn_conf.py --preload',
];

/** One for each of gunicorn's processes, which have one thread; the first process, which serves probes, has none. */
export const apiSessions: Sessions = { count: 1, each: 'GUNICORN_WORKERS' };

/** What the two APIs and masu have in common. */
export const api = {
  kind: 'Deployment',
  image,
  wave: 'application',
  command,
  settings: [kokuProfile, kokuSettings],
  contributions: folders,
  env: {
    ...environment,
    // Without it gunicorn counts the node's cores (tools/documentation/facts/koku.md#gunicorn-counts-cores).
    POD_CPU_LIMIT: { kind: 'OwnLimit', resource: 'cpu' },
    TIMEOUT: String(requestTimeout),
    GRACEFUL_TIMEOUT: String(requestTimeout),
  } satisfies Env,
  beforeStop: { sleep: drain },
  gracePeriod: drain + requestTimeout + 5,
} as const;

/**
 * Readiness asks the status page, because `/readyz` succeeds on an empty database and the page does not
 * (tools/documentation/facts/koku-measurements.md#readiness-of-the-api). Liveness asks the probe server, which does not
 * depend on the database: an outage of the database restarts no pod.
 */
export const apiProbes = (listens: { readonly http: Endpoint; readonly metrics: Endpoint }): Probes => ({
  startup: { check: { get: '/livez', on: listens.metrics }, every: 5, timeout: 5, failures: 60 },
  readiness: { check: { get: `${kokuPrefix}/v1/status/`, on: listens.http }, every: 10, timeout: 10, failures: 3 },
  liveness: { check: { get: '/livez', on: listens.metrics }, every: 20, timeout: 10, failures: 5 },
});
