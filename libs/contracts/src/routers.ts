/** The ingress controllers that can serve the public address of a Kubernetes cluster, and how a cluster names its own. */
import type { Setting } from '@cost-onprem/kit/vocabulary';

/** A controller that can serve our Ingress: overlays/platforms/kubernetes/ingress.yaml has its annotations. */
export interface Router {
  /** The usual name of its IngressClass. */
  readonly class: string;
  /** The usual namespace of its pods. */
  readonly namespace: string;
}

/**
 * The controllers whose limits we set or know. Another one may refuse an upload, or end a slow request, so its class is refused.
 */
export const routers = {
  // tools/documentation/facts/routers.md#ingress-nginx
  'ingress-nginx': { class: 'nginx', namespace: 'ingress-nginx' },
  // tools/documentation/facts/routers.md#nginx-ingress-controller-of-f5
  'NGINX Ingress Controller of F5': { class: 'nginx', namespace: 'nginx-ingress' },
  // tools/documentation/facts/routers.md#traefik
  Traefik: { class: 'traefik', namespace: 'traefik' },
  // tools/documentation/facts/routers.md#haproxy-kubernetes-ingress-controller
  'HAProxy Kubernetes Ingress Controller': { class: 'haproxy', namespace: 'haproxy-controller' },
  // tools/documentation/facts/routers.md#haproxy-ingress
  'HAProxy Ingress': { class: 'haproxy', namespace: 'ingress-controller' },
} as const satisfies Readonly<Record<string, Router>>;

/** The router of a cluster that does not name one. */
const usual = routers['ingress-nginx'];

const classes = [...new Set(Object.values(routers).map((router) => router.class))];

const usualNamespaces = Object.entries(routers)
  .map(([name, { namespace }]) => `${namespace} (${name})`)
  .join(', ');

/** The least prefix of a range, in bits: a wider one would admit a large part of the internet. */
const least = { ipv4: 8, ipv6: 16 };

const byte = String.raw`(25[0-5]|2[0-4]\d|1?\d?\d)`;
const bits = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index).join('|');

/** An IPv4 or IPv6 range. The API server checks the rest of an IPv6 address. */
const range = new RegExp(
  `(${byte}\\.){3}${byte}/(${bits(least.ipv4, 32)})|(?=.*:)[0-9a-f:]{2,39}/(${bits(least.ipv6, 128)})`,
);

/** The keys of `public` that say who may connect to the gateway. */
export const routerSettings = {
  class: {
    value: usual.class,
    purpose:
      'Class of the Ingress, with limits that agree with the gateway’s. For another name see clusters/README.md. A Route has none.',
    pattern: new RegExp(classes.join('|')),
    needs: ['router-namespace'],
  },
  'router-namespace': {
    value: usual.namespace,
    purpose: `Namespace of the ingress controller’s pods, the only ones that may connect to the gateway. Usually ${usualNamespaces}. A Route needs none.`,
    pattern: /[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?/,
  },
  'router-addresses': {
    purpose:
      'Addresses of the nodes on whose host network the ingress controller runs. Only they may connect to the gateway.',
    type: `range of addresses with a prefix of at least /${least.ipv4}, or /${least.ipv6} for IPv6`,
    pattern: range,
    example: '192.0.2.0/24',
    setBy: 'cluster',
    withOverlay: 'options/router-on-host-network',
  },
} as const satisfies Readonly<Record<string, Setting>>;
