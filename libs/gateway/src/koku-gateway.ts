import {
  gatewayRoutes,
  gatewayToken,
  ingress,
  kokuApiReads,
  kokuApiWrites,
  kokuGateway as listens,
  rosocpApi,
  routeConfigMap,
  sourcesApi,
} from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { configurationFolder, routesFolder } from './folders.ts';
import { nginxConf, temporarySpace } from './nginx.ts';
import { startCommand, tokenVariable } from './start.ts';

/** Runs with any UID and listens on a port above 1024. */
// renovate: datasource=docker
const image = 'ghcr.io/nginx/nginx-unprivileged:1.28.0';

/** Seconds in which routers remove a stopping pod. Then nginx stops, after it finishes running requests. */
const drain = 5;

const routes = Object.values(gatewayRoutes);

/** The only public entry: policies admit clients to the applications only through the gateway. */
export const kokuGateway = workload({
  name: 'koku-gateway',
  purpose:
    'The only public entry: sends GET and HEAD to koku-api-reads, other methods to koku-api-writes, and the paths of other applications to these.',
  kind: 'Deployment',
  image,
  wave: 'edge',
  scalable: true,
  command: ['sh', '-c', startCommand(`${configurationFolder}/nginx.conf`, listens.http.number)],
  listens,
  env: { [tokenVariable]: gatewayToken.keys.token },
  connects: [
    { to: kokuApiReads.http },
    { to: kokuApiWrites.http },
    { to: ingress.http },
    { to: rosocpApi.http },
    { to: sourcesApi.http, when: 'options/sources-api' },
  ],
  files: [
    {
      configMap: 'koku-gateway-nginx',
      mountPath: configurationFolder,
      contents: { 'nginx.conf': nginxConf(listens.http.number) },
    },
  ],
  scratch: temporarySpace,
  contributions: [{ mountPath: routesFolder, configMaps: routes.map(routeConfigMap) }],
  probes: {
    startup: { check: { get: '/healthz', on: listens.http }, every: 2, timeout: 2, failures: 30 },
    readiness: { check: { get: '/healthz', on: listens.http }, every: 5, timeout: 5, failures: 3 },
    liveness: { check: { get: '/healthz', on: listens.http }, every: 20, timeout: 10, failures: 5 },
  },
  beforeStop: { sleep: drain },
  // The longest request, and 5 s more.
  gracePeriod: drain + Math.max(...routes.map(({ timeout }) => timeout)) + 5,
});
