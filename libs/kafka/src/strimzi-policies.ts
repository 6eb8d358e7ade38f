/** Ways out for pods that Strimzi makes, and for its clients; the ways in it opens itself, by policies of its own. */
import {
  NetworkPolicy,
  type INetworkPolicyEgressRule,
  type INetworkPolicyPort,
} from 'kubernetes-models/networking.k8s.io/v1';
import { kafka as endpoint } from '@cost-onprem/contracts';
import { objectMetadata, reachesLabel } from '@cost-onprem/kit';
import { cluster, clusterLabel } from './strimzi.ts';

const ports = (...numbers: readonly number[]): INetworkPolicyPort[] =>
  numbers.map((port) => ({ protocol: 'TCP', port }));

const pods = (name: string) => ({ matchLabels: { ...clusterLabel, 'strimzi.io/name': `${cluster}-${name}` } });

/** Brokers and controllers. */
const nodes = pods('kafka');

/** Constants of Strimzi's (KafkaCluster.java): controllers among themselves, and what brokers and operators use. */
const internal = { controlPlane: 9090, replication: 9091 } as const;

/** Brokers read their certificates from it, the operator its topics. Its address is the cluster's secret. */
const apiServer: INetworkPolicyEgressRule = { ports: ports(443, 6443) };

const egress = (name: string, podSelector: object, rules: INetworkPolicyEgressRule[]) =>
  new NetworkPolicy({
    metadata: objectMetadata(name, 'kafka', 'foundation'),
    spec: { podSelector, policyTypes: ['Egress'], egress: rules },
  });

/** One for the clients, one for the nodes, one for the topic operator. */
export const policies: readonly NetworkPolicy[] = [
  egress('reaches-strimzi', { matchLabels: { [reachesLabel(endpoint.client)]: 'true' } }, [
    { to: [{ podSelector: nodes }], ports: ports(endpoint.client.number) },
  ]),
  egress('kafka-nodes', nodes, [
    { to: [{ podSelector: nodes }], ports: ports(internal.controlPlane, internal.replication) },
    apiServer,
  ]),
  egress('kafka-topic-operator', pods('entity-operator'), [
    { to: [{ podSelector: nodes }], ports: ports(internal.replication) },
    apiServer,
  ]),
];
