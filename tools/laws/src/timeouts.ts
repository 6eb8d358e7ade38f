/** A server that gives up before the one that it answers to turns a slow answer into an error without a cause. */
import { gatewayRoutes, kokuGateway, routeConfigMap } from '@cost-onprem/contracts';
import { withoutHash } from '../../manifests/src/hash-suffix.ts';
import { identity, podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import { backends } from './doors.ts';
import type { Finding, Law } from './law.ts';
import { declaredPaths } from './selectors.ts';

/** Annotations by which a router takes its time-out, in seconds. */
const annotations = ['haproxy.router.openshift.io/timeout', 'nginx.ingress.kubernetes.io/proxy-read-timeout'] as const;

const routerSeconds = ({ metadata }: Manifest): readonly number[] =>
  annotations.flatMap((annotation) => {
    const value = metadata.annotations?.[annotation];
    return value === undefined ? [] : [Number.parseInt(value, 10) || 0];
  });

/** Time-outs of the gateway's locations, in seconds. */
const gatewaySeconds = ({ data = {} }: Manifest): readonly number[] =>
  Object.values(data).flatMap((text) =>
    [...text.matchAll(/^\s*proxy_read_timeout (\d+)s;/gm)].map(([, seconds]) => Number(seconds)),
  );

/** The variable that gives Gunicorn its time-out, in seconds. */
const gunicornVariable = 'TIMEOUT';

const gateway = kokuGateway.http.workload;

/** ConfigMaps of routes to other applications. */
const routeConfigMaps: ReadonlySet<string> = new Set(Object.values(gatewayRoutes).map(routeConfigMap));

/** The names of the servers that the gateway connects to. */
const serversBehind = (objects: readonly Manifest[]): ReadonlySet<string> =>
  new Set(
    objects
      .filter(({ metadata }) => metadata.name === gateway)
      .flatMap((object) => declaredPaths(podTemplateOf(object)?.metadata?.labels ?? {}))
      .map(({ server }) => server),
  );

/** The router waits longer than the gateway, and the gateway longer than the applications behind it. */
export const timeoutsGrow: Law = (objects) => {
  const configuration = objects.filter(
    ({ kind, metadata }) => kind === 'ConfigMap' && withoutHash(metadata.name).startsWith(`${gateway}-`),
  );
  const seconds = configuration.flatMap(gatewaySeconds);
  if (seconds.length === 0) return [];
  // A route leads to an application that may answer sooner than those behind the gateway's own locations.
  const own = configuration.filter(({ metadata }) => !routeConfigMaps.has(withoutHash(metadata.name)));
  const [shortest, longest] = [Math.min(...own.flatMap(gatewaySeconds)), Math.max(...seconds)];
  const behind = serversBehind(objects);
  return objects.flatMap((object): readonly Finding[] => {
    const router = backends(object).some(([service]) => service === gateway) ? routerSeconds(object) : [];
    const variables = behind.has(object.metadata.name) ? (podTemplateOf(object)?.spec.containers?.[0]?.env ?? []) : [];
    return [
      ...router
        .filter((value) => value <= longest)
        .map((value) => `gives up after ${value} s, before the gateway, which waits up to ${longest} s`),
      ...variables
        .filter(({ name, value }) => name === gunicornVariable && Number(value) >= shortest)
        .map(({ value }) => `answers within ${value} s, but the gateway gives up after ${shortest} s`),
    ].map((sentence) => ({ object: identity(object), sentence }));
  });
};
