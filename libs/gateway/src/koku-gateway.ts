import {
  gatewayRoutes,
  gatewayToken,
  kokuApiReads,
  kokuApiWrites,
  kokuGateway as listens,
  routeConfigMap,
} from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { configurationFolder, nginxConf, routesFolder, start, tokenVariable } from './nginx.ts';

/** Runs as any UID, and listens above 1024. */
// renovate: datasource=docker
const image = 'ghcr.io/nginx/nginx-unprivileged:1.28.0';

/** Seconds for routers to forget a pod before it is told to stop; then nginx finishes what it has begun. */
const drain = 5;

const routes = Object.values(gatewayRoutes);

/** The only door: everything public goes through it, and nothing else may reach the applications. */
export const kokuGateway = workload({
  name: 'koku-gateway',
  purpose:
    'The only door: sends GET and HEAD to koku-api-reads, the rest to koku-api-writes, and routes what other applications bring.',
  kind: 'Deployment',
  image,
  wave: 'edge',
  command: ['sh', '-c', start],
  listens,
  env: { [tokenVariable]: gatewayToken.keys.token },
  // A route's server is connected when its library is here: `{ to, when: … }` with the overlay that brings it.
  connects: [{ to: kokuApiReads.http }, { to: kokuApiWrites.http }],
  files: [
    {
      configMap: 'koku-gateway-nginx',
      mountPath: configurationFolder,
      contents: { 'nginx.conf': nginxConf(listens.http.number) },
    },
  ],
  contributions: [{ mountPath: routesFolder, configMaps: routes.map(routeConfigMap) }],
  probes: {
    startup: { check: { get: '/healthz', on: listens.http }, every: 2, timeout: 2, failures: 30 },
    readiness: { check: { get: '/healthz', on: listens.http }, every: 5, timeout: 5, failures: 3 },
    liveness: { check: { get: '/healthz', on: listens.http }, every: 20, timeout: 10, failures: 5 },
  },
  beforeStop: ['sleep', String(drain)],
  // The longest request, and a little.
  gracePeriod: drain + Math.max(...routes.map(({ timeout }) => timeout)) + 5,
});
