/** What the gateway and those behind it must agree on. */
import type { Endpoint } from '@cost-onprem/kit/vocabulary';
import { ingress, rosocpApi } from './endpoints.ts';

/**
 * Seconds that Koku may take for one answer (its own default for gunicorn, facts/koku.md §1.6). Everything in front of
 * it waits a little longer, so that the application's own answer is the one that arrives.
 */
export const requestTimeout = 100;

/** The prefix under which Koku answers; also the one that its API must be told (facts/koku.md §8, trap 5). */
export const kokuPrefix = '/api/cost-management';

/** Largest body that the gateway takes, in megabytes (facts/koku.md §3). */
export const largestBody = 500;

/** A prefix that another application brings to the gateway when the stack has that application. */
export interface GatewayRoute {
  readonly prefix: string;
  readonly to: Endpoint;
  /** Megabytes to take and seconds to wait for an answer. */
  readonly largestBody: number;
  readonly timeout: number;
}

/** Routes besides Koku's own, by the workload that answers (facts/components.md §1.3, §3.2, facts/chart.md §2). */
export const gatewayRoutes = {
  'rosocp-api': {
    prefix: `${kokuPrefix}/v1/recommendations/`,
    to: rosocpApi.http,
    largestBody: 1,
    timeout: requestTimeout + 10,
  },
  ingress: { prefix: '/api/ingress/', to: ingress.http, largestBody: 100, timeout: 180 },
} as const satisfies Record<string, GatewayRoute>;

/** The ConfigMap by which an application brings its route: the gateway mounts it where it exists. */
export const routeConfigMap = ({ to }: GatewayRoute): string => `koku-gateway-route-${to.workload}`;

/** That ConfigMap's content: one nginx location. */
export const routeFile = ({ prefix, to, largestBody: megabytes, timeout }: GatewayRoute) => ({
  [`${to.workload}.conf`]: `location ${prefix} {
  client_max_body_size ${megabytes}m;
  proxy_read_timeout ${timeout}s;
  proxy_pass http://${to.workload}:${to.number};
}
`,
});
