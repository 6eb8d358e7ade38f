/**
 * Kinds that an operator runs: where a reader or a patch finds the sizes of their pods, and what comes of them. Laws,
 * sums, the comparison with a live cluster, profiles and the rehearsal read it, so a further kind is one entry here.
 */
import type { Labels } from './labels.ts';

/** Names of fields, from the object inwards. */
export type Path = readonly string[];

/** One container of each pod. */
export interface OperatorContainer {
  /** What the operator calls it. */
  readonly name: string;
  /** The field that holds its `resources`; where the field is absent, so is the container. */
  readonly at: Path;
  /** The field beside `resources` that may name its image; the operator chooses one where it is absent. */
  readonly image?: string;
}

/** The disks of each pod, of which each has a claim. */
export interface OperatorDisk {
  /** The field that holds the `size` of one; where the field is absent, so is the disk. */
  readonly at: Path;
  /** A field in it that may list several disks instead, told apart by their `id`. */
  readonly list?: string;
}

/** An object that the operator makes, and the keys that it has if it is a Secret or a ConfigMap. */
export interface MadeObject {
  readonly kind: 'Service' | 'Secret' | 'ConfigMap';
  readonly name: string;
  readonly keys?: readonly string[];
}

/** One kind. */
export interface OperatorKind {
  /** The pods that come of an object, if any do. */
  readonly pods?: {
    /** Where their number is, or the number. */
    readonly replicas: Path | number;
    readonly containers: readonly OperatorContainer[];
    /** The labels that the operator gives them, from the object's name and own labels. */
    readonly labels: (name: string, own: Labels) => Labels;
  };
  readonly disks?: readonly OperatorDisk[];
  /** Where a Java in the pods learns its heap. */
  readonly java?: Path;
  /** Objects that other objects may refer to. */
  readonly makes?: (name: string) => readonly MadeObject[];
  /** Whether data is lost with an object. */
  readonly holdsData: boolean;
}

/** By this label Strimzi knows which `Kafka` an object belongs to. */
export const strimziCluster = 'strimzi.io/cluster';

/** What is Kubernetes' own of an object's labels, Strimzi replaces. */
const strimziLabels = (cluster: string, component: string, own: Labels): Labels => ({
  ...Object.fromEntries(Object.entries(own).filter(([key]) => !key.startsWith('app.kubernetes.io/'))),
  [strimziCluster]: cluster,
  'strimzi.io/name': `${cluster}-${component}`,
});

const entityOperator = ['spec', 'entityOperator'];

/** Every one of them, as kubectl writes kind and group. */
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
  // Its nodes are pools, so what is left are the operators of topics and users, which share one pod
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

/** Kinds whose pods have disks: those that profiles and `overlays/storage` give a size. */
export type NodePoolKind = {
  [Name in OperatorKindName]: (typeof operatorKinds)[Name] extends { readonly disks: readonly OperatorDisk[] }
    ? Name
    : never;
}[OperatorKindName];
