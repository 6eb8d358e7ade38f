/** NetworkPolicies isolate the namespace, and open the declared paths at both ends. */
import { at, identity, type Manifest } from '../../manifests/src/manifest.ts';
import type { Law } from './law.ts';
import { doorsOf, type Door } from './doors.ts';
import { policiesOf, rulesOf, type Rule } from './policy.ts';
import {
  behindService,
  declaredPaths,
  portNumber,
  selectablePods,
  selectsLabels,
  type Selectable,
} from './selectors.ts';

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

/** The first of those that are alike, and how many others there are, as words. */
const firsts = <Item>(items: readonly Item[], key: (item: Item) => string): readonly (readonly [Item, string])[] =>
  [...Map.groupBy(items, key).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [[first, others.length === 0 ? '' : ` (and ${others.length} others)`] as const],
  );

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
  return firsts(closed, ({ label, target, end }) => `${label} ${target} ${end}`).map(
    ([{ client, label, target, end }, and]) => ({
      object: identity(client),
      sentence: `declares a connection to ${target} by its label ${label}, which no ${end} policy opens${and}`,
    }),
  );
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
  const extra = open.flatMap(({ policy, rules }) => {
    const opened = pods
      .filter(({ labels }) => selectsLabels(at(policy.spec, 'podSelector'), labels))
      .flatMap((pod) => {
        const numbers = doors.flatMap(({ pod: { owner }, number }) => (owner === pod.owner ? number : []));
        return rules
          .flatMap((rule) => portsWithout(rule, pod, numbers))
          .map((ports) => ({ ports, of: identity(pod.owner) }));
      });
    return firsts(opened, ({ ports }) => ports).map(([{ ports, of }, and]) => ({
      object: identity(policy),
      sentence: `admits others than our own pods to ${ports} of ${of}${and}, where no Ingress, Route or ServiceMonitor leads`,
    }));
  });
  return [...closed, ...extra];
};
