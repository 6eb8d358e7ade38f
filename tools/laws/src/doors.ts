/** The ports of our pods that the router and Prometheus connect to. */
import { at, type Manifest } from '../../manifests/src/manifest.ts';
import { behindService, portNumber, selectsLabels, type Selectable } from './selectors.ts';

/** A port of pods that others than our own pods connect to. */
export interface Door {
  readonly pod: Selectable;
  readonly number: number;
  /** The object that names the port. */
  readonly by: Manifest;
  readonly visitor: 'the router' | 'Prometheus';
}

/** Services and ports that an Ingress, an HTTPRoute or a Route leads to. */
export const backends = ({ kind, spec }: Manifest): readonly (readonly [service: string, port: unknown])[] => {
  const service = (backend: unknown) => {
    const port = at(backend, 'service', 'port');
    return [String(at(backend, 'service', 'name')), at(port, 'name') ?? at(port, 'number')] as const;
  };
  const rules = (at(spec, 'rules') ?? []) as readonly unknown[];
  switch (kind) {
    case 'Route': {
      const others = (at(spec, 'alternateBackends') ?? []) as readonly unknown[];
      return [at(spec, 'to'), ...others].map((to) => [String(at(to, 'name')), at(spec, 'port', 'targetPort')] as const);
    }
    case 'Ingress':
      return [
        ...(at(spec, 'defaultBackend') === undefined ? [] : [service(at(spec, 'defaultBackend'))]),
        ...rules.flatMap((rule) =>
          ((at(rule, 'http', 'paths') ?? []) as readonly unknown[]).map((path) => service(at(path, 'backend'))),
        ),
      ];
    case 'HTTPRoute':
      return rules.flatMap((rule) =>
        ((at(rule, 'backendRefs') ?? []) as readonly unknown[]).map(
          (to) => [String(at(to, 'name')), at(to, 'port')] as const,
        ),
      );
    default:
      return [];
  }
};

/** All doors of a render. */
export const doorsOf = (objects: readonly Manifest[], pods: readonly Selectable[]): readonly Door[] =>
  objects.flatMap((by): readonly Door[] => {
    if (by.kind === 'ServiceMonitor') {
      const endpoints = (at(by.spec, 'endpoints') ?? []) as readonly unknown[];
      return pods
        .filter(({ labels }) => selectsLabels(at(by.spec, 'selector'), labels))
        .flatMap((pod) =>
          endpoints.flatMap((endpoint): readonly Door[] => {
            const number = portNumber(pod, at(endpoint, 'port'));
            return number === undefined ? [] : [{ pod, number, by, visitor: 'Prometheus' }];
          }),
        );
    }
    return backends(by).flatMap(([service, port]) =>
      behindService(objects, pods, service, port).map(([pod, number]): Door => ({
        pod,
        number,
        by,
        visitor: 'the router',
      })),
    );
  });
