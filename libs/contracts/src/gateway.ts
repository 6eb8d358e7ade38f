/** What the gateway and those behind it must agree on. */
import { endpoints, mergeable, secret, type Endpoint } from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';

/** The port of Koku's own nginx (tools/documentation/facts/decisions.md#ports). */
export const kokuGateway = endpoints('koku-gateway', { http: 8000 });

/**
 * The gateway must know them before their libraries exist (tools/documentation/facts/ros.md#port-and-paths,
 * tools/documentation/facts/ingress.md#port-and-paths).
 */
export const rosocpApi = endpoints('rosocp-api', { http: 8000 });
export const ingress = endpoints('ingress', { http: 3000 });

/**
 * Seconds that Koku may take for one answer, its own default (tools/documentation/facts/koku.md#time-for-one-request).
 * Everything in front of it waits a little longer, so that the application's own answer is the one that arrives.
 */
export const requestTimeout = 100;

/** The prefix below which Koku answers; its API must be told (tools/documentation/facts/koku.md#prefix-of-the-api). */
export const kokuPrefix = '/api/cost-management';

/** Largest body that the gateway takes, in Mi (tools/documentation/facts/koku.md#limits-of-kokus-own-nginx). */
export const largestBody = 500;

/** A prefix that another application brings to the gateway when the stack has that application. */
export interface GatewayRoute {
  readonly prefix: string;
  readonly to: Endpoint;
  /** Mi to take, and seconds to wait for an answer. */
  readonly largestBody: number;
  readonly timeout: number;
}

/**
 * Routes besides Koku's own, by the workload that answers (tools/documentation/facts/ros.md#port-and-paths,
 * tools/documentation/facts/ingress.md#port-and-paths).
 */
export const gatewayRoutes = {
  'rosocp-api': {
    prefix: `${kokuPrefix}/v1/recommendations/`,
    to: rosocpApi.http,
    largestBody: 1,
    timeout: requestTimeout + 10,
  },
  ingress: { prefix: '/api/ingress/', to: ingress.http, largestBody: 100, timeout: 180 },
} as const satisfies Record<string, GatewayRoute>;

/** The ConfigMap of a route, which the gateway mounts where a stack lists it. */
export const routeConfigMap = ({ to }: GatewayRoute): string => `koku-gateway-route-${to.workload}`;

/** What the world sees of a cluster's platform. */
export const publicAddress = mergeable({
  name: 'public',
  purpose: 'The public address of this cluster’s platform.',
  settings: {
    host: {
      purpose: 'Host name of the Route or Ingress.',
      example: 'cost.apps.example.com',
      pattern: /([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+/,
      setBy: 'cluster',
    },
    class: {
      value: 'nginx',
      purpose: 'Class of the Ingress; a Route has none.',
      pattern: /[a-z0-9.-]+/,
    },
    'tls-secret': {
      value: 'koku-gateway-tls',
      purpose: 'Secret with the certificate of the Ingress; a Route uses the router’s own.',
      pattern: /[a-z0-9.-]+/,
    },
  },
});

/**
 * What clients of the gateway must show until there is sign-in: the applications believe the identity in a header, so
 * whoever may send that header may be anybody.
 */
export const gatewayToken = secret('koku-gateway-token', { token: 48 });

export const gatewayContract = contract({
  replicated: [kokuGateway.http.workload],
  settings: [publicAddress],
  secrets: [gatewayToken],
});
