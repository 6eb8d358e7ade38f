/** Routes besides Koku's own: a stack lists the base of a route together with the application that answers. */
import { gatewayRoutes, routeConfigMap, type GatewayRoute, type Refusal } from '@cost-onprem/contracts';
import type { Base } from '@cost-onprem/kit';
import { requestsAtOnce } from './nginx.ts';
import { server } from './server-names.ts';

/** nginx's location for one refusal of a route. */
const refusalName = ({ to }: GatewayRoute, { status }: Refusal): string => `@${to.workload}-${status}`;

const refusalLocation = (route: GatewayRoute, refusal: Refusal): string => {
  const { status, as = status, sentence, retryAfter } = refusal;
  const retry = retryAfter === undefined ? '' : `  add_header Retry-After ${retryAfter} always;\n`;
  return `location ${refusalName(route, refusal)} {
  default_type text/plain;
${retry}  return ${as} '${sentence}\n';
}
`;
};

const readsOnlyLocation = (prefix: string): string => `location ${prefix} {
  limit_except GET {
    deny all;
  }
  proxy_pass http://$koku_api;
}
`;

/** A location with a limit of its own inherits none. */
const limits = (largeAtOnce: number): string => `  limit_conn requests ${requestsAtOnce};
  limit_conn large_bodies ${largeAtOnce};
`;

const errorPages = (route: GatewayRoute, refusals: readonly Refusal[]): string =>
  refusals.length === 0
    ? ''
    : `  proxy_intercept_errors on;
${refusals.map((refusal) => `  error_page ${refusal.status} =${refusal.as ?? refusal.status} ${refusalName(route, refusal)};\n`).join('')}`;

/** That ConfigMap's content: nginx's locations for one application. */
export const routeFile = (route: GatewayRoute) => {
  const { prefix, to, largestBody: megabytes, timeout, refusals = [], readsOnly, largeAtOnce } = route;
  return {
    [`${to.workload}.conf`]: `location ${prefix} {
  client_max_body_size ${megabytes}m;
  proxy_read_timeout ${timeout}s;
${largeAtOnce ? limits(largeAtOnce) : ''}${errorPages(route, refusals)}  proxy_pass http://${server(to)};
}
${refusals.map((refusal) => refusalLocation(route, refusal)).join('')}${readsOnly ? readsOnlyLocation(readsOnly) : ''}`,
  };
};

/** One base for each route. */
export const routeBases: Readonly<Record<string, Base>> = Object.fromEntries(
  Object.values<GatewayRoute>(gatewayRoutes).map((route) => [
    `route-${route.to.workload}`,
    {
      workloads: [],
      ...(route.onlyFor && { onlyFor: route.onlyFor }),
      contributes: [{ configMap: routeConfigMap(route), contents: routeFile(route) }],
    },
  ]),
);
