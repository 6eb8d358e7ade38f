/** NetworkPolicies isolate the namespace, and open the declared paths at both ends. */
import { at, identity, type Manifest } from '../../manifests/src/manifest.ts';
import type { Finding, Law } from './law.ts';
import { doorsOf, type Door } from './doors.ts';
import {
  behindService,
  declaredPaths,
  portNumber,
  selectablePods,
  selectsLabels,
  type Selectable,
} from './selectors.ts';

/** A rule's port. Without a number, all ports. */
interface PolicyPort {
  readonly port?: number | string;
  readonly endPort?: number;
}

/** One other end of a rule's connections. */
interface Peer {
  readonly podSelector?: unknown;
  readonly namespaceSelector?: unknown;
  readonly ipBlock?: unknown;
}

/** A rule in one direction. Without peers it admits all; without ports, all ports. */
interface Rule {
  readonly peers: readonly Peer[] | undefined;
  readonly ports: readonly PolicyPort[] | undefined;
}

const policiesOf = (objects: readonly Manifest[]): readonly Manifest[] =>
  objects.filter(({ kind }) => kind === 'NetworkPolicy');

const rulesOf = (policy: Manifest, direction: 'ingress' | 'egress'): readonly Rule[] =>
  ((at(policy.spec, direction) ?? []) as readonly unknown[]).map((rule) => ({
    peers: at(rule, direction === 'ingress' ? 'from' : 'to') as Rule['peers'],
    ports: at(rule, 'ports') as Rule['ports'],
  }));

const everything = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } as const;

const isDefaultDeny = ({ spec }: Manifest): boolean => JSON.stringify(spec) === JSON.stringify(everything);

/** Kubernetes admits every connection of a pod that no policy selects. */
export const defaultDenied: Law = (objects, { isolated }) => {
  const found = objects.find((object) => identity(object) === 'NetworkPolicy/default-deny');
  return !isolated || (found && isDefaultDeny(found))
    ? []
    : [
        {
          object: 'NetworkPolicy/default-deny',
          sentence:
            'must be there, select all pods and admit nothing, as in libs/contracts/base: only overlays/options/without-network-policies removes it',
        },
      ];
};

/** Whether a rule admits a port of a pod. */
const admitsPort = ({ ports }: Rule, pod: Selectable, number: number): boolean =>
  ports === undefined ||
  ports.some(({ port, endPort }) => {
    const first = port === undefined ? 1 : portNumber(pod, port);
    return first !== undefined && first <= number && number <= (endPort ?? (port === undefined ? 65_535 : first));
  });

/** Whether a peer of a rule is a pod of this namespace. */
const isPeer = ({ peers }: Rule, { labels }: Selectable): boolean =>
  peers === undefined ||
  peers.some(
    ({ podSelector, namespaceSelector }) =>
      namespaceSelector === undefined && podSelector !== undefined && selectsLabels(podSelector, labels),
  );

/** Whether a rule admits connections from outside of the namespace. */
const isOpenToOthers = ({ peers }: Rule): boolean =>
  peers === undefined ||
  peers.some(({ namespaceSelector, ipBlock }) => namespaceSelector !== undefined || ipBlock !== undefined);

const policiesFor = (policies: readonly Manifest[], { labels }: Selectable): readonly Manifest[] =>
  policies.filter(({ spec }) => selectsLabels(at(spec, 'podSelector'), labels));

interface Closed {
  readonly client: Manifest;
  readonly label: string;
  readonly target: string;
  readonly end: 'egress' | 'ingress';
}

/** The ends at which a connection is closed. */
const closedEnds = (
  policies: readonly Manifest[],
  client: Selectable,
  server: Selectable,
  port: number,
): readonly Closed['end'][] =>
  (['egress', 'ingress'] as const).filter((end) => {
    const [own, peer] = end === 'egress' ? [client, server] : [server, client];
    return !policiesFor(policies, own)
      .flatMap((policy) => rulesOf(policy, end))
      .some((rule) => isPeer(rule, peer) && admitsPort(rule, server, port));
  });

/** Each connection that a label of a client declares is open at both ends. Another law looks at external servers. */
export const pathsOpen: Law = (objects, { isolated }) => {
  if (!isolated) return [];
  const pods = selectablePods(objects);
  const policies = policiesOf(objects);
  const closed = pods.flatMap((client) =>
    declaredPaths(client.labels).flatMap(({ label, server: service, port }) =>
      behindService(objects, pods, service, port).flatMap(([server, number]) =>
        closedEnds(policies, client, server, number).map((end): Closed => ({
          client: client.owner,
          label,
          target: `port ${number} of ${identity(server.owner)}`,
          end,
        })),
      ),
    ),
  );
  // A closed server has many clients, and one fault.
  const together = Map.groupBy(closed, ({ label, target, end }) => `${label} ${target} ${end}`);
  return [...together.values()].flatMap(([first, ...others]): readonly Finding[] => {
    if (!first) return [];
    const { client, label, target, end } = first;
    const and = others.length === 0 ? '' : ` (and ${others.length} others)`;
    const sentence = `declares a connection to ${target} by its label ${label}, which no ${end} policy opens${and}`;
    return [{ object: identity(client), sentence }];
  });
};

/** What a rule opens at a pod beside these ports, as words. */
const portsWithout = ({ ports }: Rule, pod: Selectable, numbers: readonly number[]): readonly string[] =>
  ports === undefined
    ? ['all ports']
    : ports.flatMap(({ port, endPort }) => {
        if (port === undefined) return ['all ports'];
        // A name that the pod does not have opens nothing.
        const first = portNumber(pod, port);
        if (first === undefined) return [];
        if (endPort !== undefined && endPort > first) return [`ports ${first} to ${endPort}`];
        return numbers.includes(first) ? [] : [`port ${first}`];
      });

/** Policies admit the router and Prometheus to what they are told to reach, and other namespaces to nothing else. */
export const outsideAdmitted: Law = (objects, { isolated }) => {
  if (!isolated) return [];
  const pods = selectablePods(objects);
  const doors = doorsOf(objects, pods);
  const open = policiesOf(objects).map((policy) => ({
    policy,
    rules: rulesOf(policy, 'ingress').filter(isOpenToOthers),
  }));
  const isOpen = ({ pod, number }: Door): boolean =>
    open.some(
      ({ policy, rules }) =>
        selectsLabels(at(policy.spec, 'podSelector'), pod.labels) &&
        rules.some((rule) => admitsPort(rule, pod, number)),
    );
  const closed = doors
    .filter((door) => !isOpen(door))
    .map(({ pod, number, by, visitor }) => ({
      object: identity(by),
      sentence: `leads to port ${number} of ${identity(pod.owner)}, at which no policy admits ${visitor}: ${visitor === 'Prometheus' ? 'allow-prometheus' : 'allow-router'} of the platform must select these pods and that port`,
    }));
  const extra = open.flatMap(({ policy, rules }) =>
    pods
      .filter(({ labels }) => selectsLabels(at(policy.spec, 'podSelector'), labels))
      .flatMap((pod) => {
        const numbers = doors.flatMap(({ pod: { owner }, number }) => (owner === pod.owner ? number : []));
        return rules
          .flatMap((rule) => portsWithout(rule, pod, numbers))
          .map((ports) => ({
            object: identity(policy),
            sentence: `admits others than our own pods to ${ports} of ${identity(pod.owner)}, where no Ingress, Route or ServiceMonitor leads to`,
          }));
      }),
  );
  return [...closed, ...extra];
};
