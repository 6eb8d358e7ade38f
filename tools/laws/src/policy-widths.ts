/** NetworkPolicies open what a cluster declares, and no more. */
import { movable } from '@cost-onprem/contracts';
import { reachesLabel } from '@cost-onprem/kit/labels';
import { hostIn } from '../../manifests/src/endpoint.ts';
import { configMapNamed } from '../../manifests/src/hash-suffix.ts';
import { at, identity, podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import { operatorKindOf } from '../../manifests/src/pods.ts';
import { serviceOf } from './addresses.ts';
import type { Fence, Finding, Law } from './law.ts';
import { policiesOf, rulesOf, type Direction, type Peer, type PolicyPort, type Rule } from './policy.ts';
import { declaredPaths, selectablePods, selectsLabels, type Selectable } from './selectors.ts';

type Labels = Readonly<Record<string, string>>;

const labelsIn = (selector: unknown): Labels => (at(selector, 'matchLabels') ?? {}) as Labels;

/** Whether a selector names labels: by value, or one of some values. Other operators select nearly everything. */
const namesLabels = (selector: unknown): boolean =>
  Object.keys(labelsIn(selector)).length > 0 ||
  ((at(selector, 'matchExpressions') ?? []) as readonly unknown[]).some(
    (expression) => at(expression, 'operator') === 'In',
  );

/** Whether a selector of pods selects some of them, and not all of a render. */
const selectsSome = (selector: unknown, pods: readonly Selectable[]): boolean =>
  namesLabels(selector) && (pods.length < 2 || !pods.every(({ labels }) => selectsLabels(selector, labels)));

/** The widest blocks that may be a known network: of IPv4 one such as 10.0.0.0/8, of IPv6 what a provider gets. */
const shortestPrefix = { 4: 8, 6: 32 } as const;

const isNarrow = (cidr = ''): boolean => {
  const [address = '', prefix = ''] = cidr.split('/');
  return /^\d+$/.test(prefix) && Number(prefix) >= shortestPrefix[address.includes(':') ? 6 : 4];
};

const isOperators = ({ owner }: Selectable): boolean => operatorKindOf(owner) !== undefined;

/** The fault of one peer, as the end of a sentence. */
const peerFault = (
  { podSelector, namespaceSelector, ipBlock }: Peer,
  direction: Direction,
  pods: readonly Selectable[],
): string | undefined => {
  if (ipBlock) {
    return isNarrow(ipBlock.cidr)
      ? undefined
      : `the block ${ipBlock.cidr ?? 'without a cidr'}, which is no known network: name the network of the server`;
  }
  if (namespaceSelector !== undefined) {
    return namesLabels(namespaceSelector)
      ? undefined
      : 'every namespace: name one by a label, such as kubernetes.io/metadata.name';
  }
  if (!selectsSome(podSelector, pods)) return 'every pod of the namespace: select the pods by a label';
  const selected = pods.filter(({ labels }) => selectsLabels(podSelector, labels));
  return direction === 'egress' ||
    declaredPaths(labelsIn(podSelector)).length > 0 ||
    (selected.length > 0 && selected.every(isOperators))
    ? undefined
    : `pods that do not declare it: select a label reaches.…, and put it on the clients`;
};

/** The widest range of ports that a policy may open. */
const widestRange = 100;

const portFaults = (ports: readonly PolicyPort[] | undefined): readonly string[] => {
  if (ports === undefined || ports.some(({ port }) => port === undefined)) return ['all ports: name them'];
  return ports
    .filter(({ port, endPort = Number(port) }) => endPort - Number(port) >= widestRange)
    .map(({ port, endPort }) => `ports ${port} to ${endPort}: name the ports that are needed`);
};

/** Whether the cluster moved a server outside, to whose clients the policy applies. */
const isForExternal = (policy: Manifest, objects: readonly Manifest[]): boolean => {
  const labels = labelsIn(at(policy.spec, 'podSelector'));
  return movable.some(({ configMap, to }) => {
    if (labels[reachesLabel(to)] !== 'true') return false;
    const host = hostIn(configMapNamed(objects, configMap)?.data ?? {});
    return host !== undefined && serviceOf(host) === undefined;
  });
};

/** Whether the policy applies only to pods that call the API server, whose address no label selects. */
const isForApiServer = (policy: Manifest, objects: readonly Manifest[], pods: readonly Selectable[]): boolean => {
  const bound = new Set(
    objects
      .filter(({ kind }) => kind === 'RoleBinding')
      .flatMap((binding) => (at(binding, 'subjects') ?? []) as readonly { readonly name: string }[])
      .map(({ name }) => name),
  );
  const selected = pods.filter(({ labels }) => selectsLabels(at(policy.spec, 'podSelector'), labels));
  const calls = ({ owner }: Selectable): boolean =>
    bound.has(podTemplateOf(owner)?.spec.serviceAccountName ?? '') || operatorKindOf(owner) !== undefined;
  return selected.length > 0 && selected.every(calls);
};

/** Whether a chosen option writes this policy for an external server of its own. */
const isOfOption = ({ metadata, spec }: Manifest, { policiesOfOptions }: Fence): boolean =>
  policiesOfOptions.some(
    (written) =>
      written.metadata.name === metadata.name &&
      JSON.stringify(at(written.spec, 'podSelector')) === JSON.stringify(at(spec, 'podSelector')) &&
      rulesOf(written, 'egress').some(({ peers }) => peers === undefined),
  );

const dnsPorts: ReadonlySet<unknown> = new Set([53, 5353]);

/** Pods that answer DNS may listen on another port than 53. Then the rule must name them, and one port of both protocols. */
const isToDnsPods = ({ peers = [], ports = [] }: Rule): boolean =>
  peers.length > 0 &&
  peers.every(({ namespaceSelector, podSelector }) => namesLabels(namespaceSelector) && namesLabels(podSelector)) &&
  ports.some(({ protocol }) => protocol === 'UDP') &&
  ports.every(({ port, endPort }) => typeof port === 'number' && port === ports[0]?.port && endPort === undefined);

const isForDns = (rule: Rule): boolean =>
  rule.ports?.every(({ port, endPort }) => dnsPorts.has(port) && endPort === undefined) === true || isToDnsPods(rule);

/** All that a policy opens too wide, as sentences. */
const widthFaults = (
  policy: Manifest,
  objects: readonly Manifest[],
  pods: readonly Selectable[],
  fence: Fence,
): readonly string[] => {
  const [ingress, egress] = [rulesOf(policy, 'ingress'), rulesOf(policy, 'egress')];
  const allowed = [...ingress, ...egress.filter((rule) => !isForDns(rule))];
  if (allowed.length > 0 && !selectsSome(at(policy.spec, 'podSelector'), pods)) {
    return ['opens connections of every pod: select the pods by a label; only DNS is for all'];
  }
  const anywhere = egress.some(({ peers }) => peers === undefined);
  return [
    ...(ingress.some(({ peers }) => peers === undefined)
      ? ['admits connections from anywhere: name the pods or namespaces in from']
      : []),
    ...(anywhere &&
    !(isForExternal(policy, objects) || isForApiServer(policy, objects, pods) || isOfOption(policy, fence))
      ? ['lets pods connect to any address, and its clients have no external server: name the peers in to']
      : []),
    ...ingress.flatMap(({ peers = [], ports }) =>
      [...peers.flatMap((peer) => peerFault(peer, 'ingress', pods) ?? []), ...portFaults(ports)].map(
        (fault) => `admits ${fault}`,
      ),
    ),
    ...egress.flatMap(({ peers = [], ports }) =>
      [...peers.flatMap((peer) => peerFault(peer, 'egress', pods) ?? []), ...portFaults(ports)].map(
        (fault) => `lets pods connect to ${fault}`,
      ),
    ),
  ];
};

/** No policy opens more than a cluster declares. */
export const policiesNarrow: Law = (objects, fence) => {
  if (!fence.isolated) return [];
  const pods = selectablePods(objects);
  return policiesOf(objects).flatMap((policy): readonly Finding[] =>
    [...new Set(widthFaults(policy, objects, pods, fence))].map((sentence) => ({ object: identity(policy), sentence })),
  );
};
