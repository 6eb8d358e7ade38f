/** Routes besides Koku's own: a stack lists the base of a route together with the application that answers. */
import { gatewayRoutes, routeConfigMap, type GatewayRoute } from '@cost-onprem/contracts';
import type { Base } from '@cost-onprem/kit';
import { server } from './server-names.ts';

/** That ConfigMap's content: one nginx location. */
export const routeFile = ({ prefix, to, largestBody: megabytes, timeout }: GatewayRoute) => ({
  [`${to.workload}.conf`]: `location ${prefix} {
  client_max_body_size ${megabytes}m;
  proxy_read_timeout ${timeout}s;
  proxy_pass http://${server(to)};
}
`,
});

/** One base for each route. */
export const routeBases: Readonly<Record<string, Base>> = Object.fromEntries(
  Object.values(gatewayRoutes).map((route) => [
    `route-${route.to.workload}`,
    { workloads: [], contributes: [{ configMap: routeConfigMap(route), contents: routeFile(route) }] },
  ]),
);
