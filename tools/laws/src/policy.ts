/** The rules of NetworkPolicies, as Kubernetes reads them. */
import { at, type Manifest } from '../../manifests/src/manifest.ts';

/** A rule's port. Without a number, all ports. */
export interface PolicyPort {
  readonly port?: number | string;
  readonly endPort?: number;
  readonly protocol?: string;
}

/** One other end of a rule's connections. */
export interface Peer {
  readonly podSelector?: unknown;
  readonly namespaceSelector?: unknown;
  readonly ipBlock?: { readonly cidr?: string };
}

/** Directions, as NetworkPolicies name them. */
export type Direction = 'ingress' | 'egress';

/** A rule in one direction. Without peers it admits all; without ports, all ports. */
export interface Rule {
  readonly peers: readonly Peer[] | undefined;
  readonly ports: readonly PolicyPort[] | undefined;
}

/** The NetworkPolicies of a render. */
export const policiesOf = (objects: readonly Manifest[]): readonly Manifest[] =>
  objects.filter(({ kind }) => kind === 'NetworkPolicy');

/** An empty list is the same as none. */
const orNone = <Item>(list: unknown): readonly Item[] | undefined =>
  Array.isArray(list) && list.length > 0 ? (list as readonly Item[]) : undefined;

/** A policy's rules in one direction. A direction that its policyTypes omit has no effect. */
export const rulesOf = ({ spec }: Manifest, direction: Direction): readonly Rule[] => {
  const types = orNone<string>(at(spec, 'policyTypes'));
  if (types && !types.includes(direction === 'ingress' ? 'Ingress' : 'Egress')) return [];
  return ((at(spec, direction) ?? []) as readonly unknown[]).map((rule) => ({
    peers: orNone<Peer>(at(rule, direction === 'ingress' ? 'from' : 'to')),
    ports: orNone<PolicyPort>(at(rule, 'ports')),
  }));
};
