/** Clients cannot reach a server on another port until a policy admits them to that port. */
import { movable } from '@cost-onprem/contracts';
import { reachesLabel } from '@cost-onprem/kit/labels';
import { podPort as podPortKey, type Endpoint } from '@cost-onprem/kit/vocabulary';
import { hostIn, portIn } from '../../manifests/src/endpoint.ts';
import { configMapNamed } from '../../manifests/src/hash-suffix.ts';
import { at, identity, podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import type { Law } from './law.ts';

interface PolicyPort {
  readonly port?: number | string;
  readonly endPort?: number;
}

/** The port of the server's pods, from the endpoint's ConfigMap: that is the port that policies see. */
const portOf = ({ data = {} }: Manifest): number | undefined =>
  data[podPortKey] ? Number(data[podPortKey]) : portIn(data);

/** Ports that a policy opens to addresses outside of the selected pods. A rule without ports opens all. */
const opened = (policy: Manifest): readonly PolicyPort[] =>
  ((at(policy.spec, 'egress') ?? []) as readonly { readonly ports?: readonly PolicyPort[] }[]).flatMap(
    ({ ports }) => ports ?? [{ port: 1, endPort: 65_535 }],
  );

/** Where the pod listens, if it is our own Service that is asked, and it listens elsewhere. */
const podPort = (port: number, { data = {} }: Manifest, to: Endpoint): number =>
  hostIn(data) === to.workload && port === to.servicePort ? to.number : port;

const admits = (port: number, { port: first, endPort = Number(first) }: PolicyPort): boolean =>
  Number(first) <= port && port <= endPort;

const words = (ports: readonly PolicyPort[]): string =>
  ports.map(({ port, endPort }) => (endPort ? `${port}-${endPort}` : String(port))).join(', ');

/** A policy must admit clients to every port of a server; without any policy, all ports are open. */
export const portsOpen: Law = (objects) => {
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
  if (policies.length === 0) return [];
  return movable.flatMap(({ configMap, to }) => {
    const endpoint = configMapNamed(objects, configMap);
    const asked = endpoint && portOf(endpoint);
    if (!endpoint || !asked) return [];
    const port = podPort(asked, endpoint, to);
    const label = reachesLabel(to);
    const isClient = (object: Manifest) => podTemplateOf(object)?.metadata?.labels?.[label] === 'true';
    if (!objects.some(isClient)) return [];
    const letting = policies.filter(
      ({ spec }) => at(spec, 'podSelector', 'matchLabels', label) === 'true' && at(spec, 'egress'),
    );
    if (letting.some((policy) => opened(policy).some((open) => admits(port, open)))) return [];
    const patch = `op: add, path: /spec/egress/0/ports/-, value: { protocol: TCP, port: ${port} }`;
    const remedy = letting.map((policy) => `patch ${identity(policy)} (${words(opened(policy))}) with ${patch}`);
    return [
      {
        object: identity(endpoint),
        sentence: [`gives port ${port}, to which no policy admits its clients`, ...remedy].join('; '),
      },
    ];
  });
};

/** Every port of a Service leads to one that a container of its pods names. */
export const targetsNamed: Law = (objects) => {
  const pods = objects.flatMap((object) => podTemplateOf(object) ?? []);
  return objects
    .filter(({ kind, spec }) => kind === 'Service' && at(spec, 'selector') !== undefined)
    .flatMap((service) => {
      const selector = Object.entries(at(service.spec, 'selector') as Readonly<Record<string, string>>);
      const selected = pods.filter(({ metadata }) =>
        selector.every(([key, value]) => metadata?.labels?.[key] === value),
      );
      const names = selected.flatMap(({ spec }) =>
        (spec.containers ?? []).flatMap(({ ports = [] }) => ports.flatMap(({ name }) => name ?? [])),
      );
      if (selected.length === 0) return [];
      return ((at(service.spec, 'ports') ?? []) as readonly unknown[])
        .map((port) => at(port, 'targetPort'))
        .filter((target) => typeof target === 'string' && !names.includes(target))
        .map((target) => ({
          object: identity(service),
          sentence: `leads to port ${String(target)}, which its pods do not have; they have ${names.join(', ') || 'none'}`,
        }));
    });
};
