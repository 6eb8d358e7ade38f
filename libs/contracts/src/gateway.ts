/** What the gateway and the applications behind it must agree on. */
import {
  endpoints,
  mergeable,
  objectName,
  publicName,
  secret,
  type Endpoint,
  type Purpose,
} from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';
import { ingress, largestUpload, largeUploadsAtOnce, uploadTimeout, uploadType } from './ingress.ts';
import { kokuPrefix } from './koku.ts';
import { rosocpApi } from './ros.ts';
import { routerSettings } from './routers.ts';
import { sourcesApi } from './sources.ts';

/** The port of Koku's own nginx (tools/documentation/facts/decisions.md#ports). */
export const kokuGateway = endpoints('koku-gateway', { http: 8000 });

/**
 * Seconds that Koku may take for one answer: its own default (tools/documentation/facts/koku.md#time-for-one-request).
 * Everything in front of Koku waits a little longer, so that the client gets Koku's own answer.
 */
export const requestTimeout = 100;

/** Largest body that the gateway accepts, in Mi (tools/documentation/facts/koku.md#limits-of-kokus-own-nginx). */
export const largestBody = 500;

/**
 * The longest header field that passes to Koku, in Ki: gunicorn takes 16380 bytes, and the identity is a large field
 * (tools/documentation/facts/koku.md#limits-of-gunicorn). Routers in front must pass it too
 * (tools/documentation/facts/gateway.md#limits-along-the-path).
 */
export const largestHeader = 16;

/** A prefix that the gateway routes to another application, in stacks that have that application. */
export interface GatewayRoute {
  readonly prefix: string;
  readonly to: Endpoint;
  /** The largest body in Mi, and the seconds to wait for an answer. */
  readonly largestBody: number;
  readonly timeout: number;
  /** How many bodies of more than ten megabytes one gateway passes on at once; any number where left out. */
  readonly largeAtOnce?: number;
  /** What the gateway answers where the application, or nginx itself, would answer a status without a sentence. */
  readonly refusals?: readonly Refusal[];
  /** A prefix of Koku's API that only answers questions while the application is there. */
  readonly readsOnly?: string;
  /** What the application is there for, where a cluster may do without that. */
  readonly onlyFor?: Purpose;
}

/** An answer in place of another. */
export interface Refusal {
  readonly status: number;
  /** One sentence, in characters that nginx takes between quotes. */
  readonly sentence: string;
  /** The status that the client gets, if it is another, and seconds until it may try again. */
  readonly as?: number;
  readonly retryAfter?: number;
}

/**
 * Routes besides Koku's own, by workload (tools/documentation/facts/ros.md#port-and-paths,
 * tools/documentation/facts/ingress.md#port-and-paths, tools/documentation/facts/sources.md#ports).
 */
export const gatewayRoutes = {
  'rosocp-api': {
    prefix: `${kokuPrefix}/v1/recommendations/`,
    to: rosocpApi.http,
    largestBody: 1,
    timeout: requestTimeout + 10,
    onlyFor: 'resource-optimization',
  },
  // A body is the file and a few lines around it.
  ingress: {
    prefix: '/api/ingress/',
    to: ingress.http,
    largestBody: largestUpload + 1,
    timeout: uploadTimeout,
    largeAtOnce: largeUploadsAtOnce,
    refusals: [
      { status: 413, sentence: `An upload may have at most ${largestUpload} MiB.` },
      { status: 415, sentence: `Send a part named file with the content type ${uploadType}.` },
      // It answers so if it cannot store the upload (tools/documentation/facts/ingress.md#answers).
      { status: 503, retryAfter: 30, sentence: 'Too many uploads are under way. Send this one again later.' },
      { status: 500, as: 503, retryAfter: 60, sentence: 'The upload could not be stored. Send it again later.' },
    ],
  },
  'sources-api': {
    prefix: '/api/sources/',
    to: sourcesApi.http,
    largestBody: 1,
    timeout: requestTimeout + 10,
    // Koku would write sources that sources-api does not know.
    readsOnly: `${kokuPrefix}/v1/sources`,
  },
} as const satisfies Record<string, GatewayRoute>;

/** The ConfigMap of a route. The gateway mounts it in stacks that list it. */
export const routeConfigMap = ({ to }: GatewayRoute): string => `koku-gateway-route-${to.workload}`;

/** The address at which browsers and clusters reach the platform. */
export const publicAddress = mergeable({
  name: 'public',
  purpose: 'The public address of this cluster’s platform.',
  settings: {
    host: {
      purpose: 'Host name of the Route or Ingress.',
      example: 'cost.apps.example.com',
      ...publicName,
      setBy: 'cluster',
    },
    ...routerSettings,
    'tls-secret': {
      value: 'koku-gateway-tls',
      purpose: 'Secret with the certificate of the Ingress. A Route uses the router’s certificate.',
      ...objectName,
    },
  },
});

/**
 * The token that the gateway's clients need until there is sign-in. The applications trust the identity in a header, so a
 * client that can send that header can act as any user.
 */
export const gatewayToken = secret('koku-gateway-token', { token: 48 });

export const gatewayContract = contract({
  replicated: [kokuGateway.http.workload],
  settings: [publicAddress],
  secrets: [gatewayToken],
});
