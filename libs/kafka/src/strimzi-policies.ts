/** Egress policies for Strimzi's pods and their clients. Strimzi creates the ingress policies itself. */
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

/** Ports fixed by Strimzi (KafkaCluster.java): one between controllers, one for brokers and operators. */
const internal = { controlPlane: 9090, replication: 9091 } as const;

/** Brokers read their certificates from the API server, the operator its topics. Its address differs by cluster. */
const apiServer: INetworkPolicyEgressRule = { ports: ports(443, 6443) };

const egress = (name: string, podSelector: object, rules: INetworkPolicyEgressRule[]) =>
  new NetworkPolicy({
    metadata: objectMetadata(name, 'kafka', 'foundation'),
    spec: { podSelector, policyTypes: ['Egress'], egress: rules },
  });

/** A policy each for the clients, the nodes and the topic operator. */
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
