import { kokuPrefix, kokuProfile, requestTimeout } from '@cost-onprem/contracts';
import type { Endpoint, Env, Probes } from '@cost-onprem/kit';
import { environment, folders } from './environment.ts';
import { image } from './image.ts';
import { kokuSettings } from './settings.ts';

/** Seconds for the load balancers to forget a pod before it is told to stop. */
const drain = 5;

/** The image's own script without its shell, which would stay and keep SIGTERM from gunicorn. */
const command = [
  'bash',
  '-c',
  'cd "$APP_HOME" && exec gunicorn koku.wsgi --access-logfile=- --config gunicorn_conf.py --preload',
];

/** Everything that the two APIs have in common. */
export const api = {
  kind: 'Deployment',
  image,
  wave: 'application',
  command,
  settings: [kokuProfile, kokuSettings],
  contributions: folders,
  env: {
    ...environment,
    // Without it gunicorn goes by the node's cores (tools/documentation/facts/koku.md#gunicorn-counts-cores).
    POD_CPU_LIMIT: { kind: 'OwnLimit', resource: 'cpu' },
    TIMEOUT: String(requestTimeout),
    GRACEFUL_TIMEOUT: String(requestTimeout),
  } satisfies Env,
  beforeStop: ['sleep', String(drain)],
  gracePeriod: drain + requestTimeout + 5,
} as const;

/**
 * `/readyz` is green on an empty database and the status page is not, so readiness asks for the page
 * (tools/documentation/facts/koku-measurements.md#readiness-of-the-api). Liveness asks the probe server, which does not
 * depend on the database: an outage of the database restarts no pod.
 */
export const apiProbes = (listens: { readonly http: Endpoint; readonly metrics: Endpoint }): Probes => ({
  startup: { check: { get: '/livez', on: listens.metrics }, every: 5, timeout: 5, failures: 60 },
  readiness: { check: { get: `${kokuPrefix}/v1/status/`, on: listens.http }, every: 10, timeout: 10, failures: 3 },
  liveness: { check: { get: '/livez', on: listens.metrics }, every: 20, timeout: 10, failures: 5 },
});
