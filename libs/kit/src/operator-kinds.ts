/**
 * Kinds that an operator runs: the fields with the sizes of their pods, and the objects that the operator creates.
 * Laws, sums, the comparison with a live cluster, profiles and the rehearsal read this table, so a further kind is one
 * entry.
 */
import type { Labels } from './labels.ts';

/** Names of nested fields, from the outermost inwards. */
export type Path = readonly string[];

/** One container of each pod. */
export interface OperatorContainer {
  /** The name that the operator gives it. */
  readonly name: string;
  /** The field that has its `resources`. Without the field the pod does not have the container. */
  readonly at: Path;
  /** The field beside `resources` that may name its image. Without it the operator chooses the image. */
  readonly image?: string;
}

/** A disk of each pod, with a claim of its own. */
export interface OperatorDisk {
  /** The field that has its `size`. Without the field the pod does not have the disk. */
  readonly at: Path;
  /** A field in it that may list several disks instead, each with an `id`. */
  readonly list?: string;
}

/** An object that the operator creates, with its keys if it is a Secret or a ConfigMap. */
export interface MadeObject {
  readonly kind: 'Service' | 'Secret' | 'ConfigMap';
  readonly name: string;
  readonly keys?: readonly string[];
}

/** One kind. */
export interface OperatorKind {
  /** The pods that the operator creates for an object, if any. */
  readonly pods?: {
    /** The field with their number, or the number itself. */
    readonly replicas: Path | number;
    readonly containers: readonly OperatorContainer[];
    /** The labels that the operator gives them, from the object's name and own labels. */
    readonly labels: (name: string, own: Labels) => Labels;
  };
  readonly disks?: readonly OperatorDisk[];
  /** The field with the heap of the pods' Java, if they run Java. */
  readonly java?: Path;
  /** Objects that other objects may refer to. */
  readonly makes?: (name: string) => readonly MadeObject[];
  /** Whether deleting the object deletes data. */
  readonly holdsData: boolean;
}

/** The label that names the `Kafka` of an object for Strimzi. */
export const strimziCluster = 'strimzi.io/cluster';

/** Strimzi copies an object's labels, but replaces those of the domain `app.kubernetes.io`. */
const strimziLabels = (cluster: string, component: string, own: Labels): Labels => ({
  ...Object.fromEntries(Object.entries(own).filter(([key]) => !key.startsWith('app.kubernetes.io/'))),
  [strimziCluster]: cluster,
  'strimzi.io/name': `${cluster}-${component}`,
});

const entityOperator = ['spec', 'entityOperator'];

/** All such kinds, as kubectl writes kind and group. */
export const operatorKinds = {
  // Labels: tools/documentation/facts/kafka.md#labels-of-strimzis-pods
  'KafkaNodePool.kafka.strimzi.io': {
    pods: {
      replicas: ['spec', 'replicas'],
      containers: [{ name: 'kafka', at: ['spec'] }],
      labels: (name, own) => ({
        ...strimziLabels(own[strimziCluster] ?? '', 'kafka', own),
        'strimzi.io/pool-name': name,
      }),
    },
    disks: [{ at: ['spec', 'storage'], list: 'volumes' }],
    java: ['spec', 'jvmOptions'],
    holdsData: true,
  },
  // Its nodes are in node pools. Its own pod runs the operators of topics and users
  // (tools/documentation/facts/kafka.md#what-strimzi-creates).
  'Kafka.kafka.strimzi.io': {
    pods: {
      replicas: 1,
      containers: [
        { name: 'topic-operator', at: [...entityOperator, 'topicOperator'], image: 'image' },
        { name: 'user-operator', at: [...entityOperator, 'userOperator'], image: 'image' },
      ],
      labels: (name, own) => strimziLabels(name, 'entity-operator', own),
    },
    makes: (name) => [{ kind: 'Service', name: `${name}-kafka-bootstrap` }],
    holdsData: true,
  },
  'KafkaTopic.kafka.strimzi.io': { holdsData: true },
  // tools/documentation/facts/postgresql.md#what-cloudnativepg-creates
  'Cluster.postgresql.cnpg.io': {
    pods: {
      replicas: ['spec', 'instances'],
      containers: [{ name: 'postgres', at: ['spec'], image: 'imageName' }],
      labels: (name) => ({ 'cnpg.io/cluster': name, 'cnpg.io/podRole': 'instance' }),
    },
    disks: [{ at: ['spec', 'storage'] }, { at: ['spec', 'walStorage'] }],
    makes: (name) => ['rw', 'ro', 'r'].map((role) => ({ kind: 'Service', name: `${name}-${role}` })),
    holdsData: true,
  },
  // tools/documentation/facts/object-storage.md#bucket-claims
  'ObjectBucketClaim.objectbucket.io': {
    makes: (name) => [
      { kind: 'Secret', name, keys: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] },
      {
        kind: 'ConfigMap',
        name,
        keys: ['BUCKET_HOST', 'BUCKET_NAME', 'BUCKET_PORT', 'BUCKET_REGION', 'BUCKET_SUBREGION'],
      },
    ],
    holdsData: true,
  },
} as const satisfies Readonly<Record<string, OperatorKind>>;

/** A kind that an operator runs. */
export type OperatorKindName = keyof typeof operatorKinds;

/** Kinds whose pods have disks. Profiles and `overlays/storage` set their sizes. */
export type NodePoolKind = {
  [Name in OperatorKindName]: (typeof operatorKinds)[Name] extends { readonly disks: readonly OperatorDisk[] }
    ? Name
    : never;
}[OperatorKindName];
