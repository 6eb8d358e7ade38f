/** The gateway must reach the servers of other applications' routes; with a closed path it would answer 504. */
import { gatewayRoutes, kokuGateway, routeConfigMap } from '@cost-onprem/contracts';
import { reachesLabel } from '@cost-onprem/kit/labels';
import { configMapNamed } from '../../manifests/src/hash-suffix.ts';
import { identity, podTemplateOf } from '../../manifests/src/manifest.ts';
import type { Law } from './law.ts';

/** Every existing route leads to a server that the gateway may reach. */
export const routesReached: Law = (objects) => {
  const reached = new Set(
    objects
      .filter(({ metadata }) => metadata.name === kokuGateway.http.workload)
      .flatMap((object) => Object.keys(podTemplateOf(object)?.metadata?.labels ?? {})),
  );
  return Object.values(gatewayRoutes).flatMap((route) => {
    const brought = configMapNamed(objects, routeConfigMap(route));
    const { to } = route;
    return brought && !reached.has(reachesLabel(to))
      ? [
          {
            object: identity(brought),
            sentence: `leads to ${to.workload}, which ${kokuGateway.http.workload} may not reach: connect it in libs/gateway/src/koku-gateway.ts, with the overlay that adds ${to.workload} as when: '…'`,
          },
        ]
      : [];
  });
};
