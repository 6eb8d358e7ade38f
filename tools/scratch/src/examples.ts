/**
 * Clusters for tests. They choose what the examples of a fresh clone choose, but a fork may delete and change those, so tests
 * write their own.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { namespace } from '@cost-onprem/contracts';

interface Example {
  /** Folders of overlays/ after the stack, in the order of a cluster's file. */
  readonly components: readonly string[];
  /** Literals by ConfigMap. */
  readonly settings: Readonly<Record<string, readonly string[]>>;
  /** A certificate of a private CA, beside the file. */
  readonly trusts?: boolean;
}

const caFile = 'ca-file=/etc/trusted-ca/ca-bundle.crt';
const database = ['host=postgresql.example.com', caFile];
const objectStorage = { 'object-storage-endpoint': ['host=s3.example.com'] };
const production = [
  'options/read-replica',
  'options/split-workers',
  'secrets/generated',
  'platforms/PLATFORM',
  'storage/production',
  'profiles/production',
];
const minimal = ['secrets/generated', 'platforms/PLATFORM', 'storage/minimal', 'profiles/minimal'];

const on = (platform: string, components: readonly string[]): readonly string[] =>
  components.map((component) => component.replace('PLATFORM', platform));

const examples = {
  'example-kubernetes-external': {
    components: [
      'kafka/external',
      'object-storage/external',
      'options/external-redis',
      'secrets/existing',
      'platforms/kubernetes',
      'options/external-postgresql',
      'storage/minimal',
      'profiles/minimal',
    ],
    settings: {
      public: ['host=cost.external.example.com'],
      'db-koku-endpoint': database,
      'db-koku-reads-endpoint': database,
      'db-kruize-endpoint': database,
      'db-ros-endpoint': database,
      'valkey-endpoint': ['host=redis.example.com', 'tls=True', caFile],
      'kafka-endpoint': [
        'host=kafka.example.com',
        'port=9093',
        'security-protocol=SASL_SSL',
        'sasl-mechanism=SCRAM-SHA-512',
        'sasl-username=koku',
        caFile,
      ],
      'object-storage-endpoint': ['host=s3.example.com', caFile],
    },
    trusts: true,
  },
  'example-kubernetes-minimal': {
    components: ['kafka/single-node', 'object-storage/embedded', ...on('kubernetes', minimal)],
    settings: { public: ['host=cost.small.example.com'] },
  },
  'example-kubernetes-production': {
    components: ['kafka/strimzi', 'object-storage/external', ...on('kubernetes', production)],
    settings: { public: ['host=cost.example.com'], ...objectStorage },
  },
  'example-openshift-minimal': {
    components: ['kafka/single-node', 'object-storage/odf', ...on('openshift', minimal)],
    settings: { public: ['host=cost.apps.small.example.com'] },
  },
  'example-openshift-production': {
    components: ['kafka/strimzi', 'object-storage/odf', ...on('openshift', production)],
    settings: { public: ['host=cost.apps.example.com'] },
  },
} as const satisfies Record<string, Example>;

/** The name of an example, and of its folder. */
export type ExampleName = keyof typeof examples;

/** Names of all examples, sorted. */
export const exampleNames = Object.keys(examples) as readonly ExampleName[];

/** The text of an example's kustomization.yaml. */
export const exampleText = (name: ExampleName): string => {
  const { components, settings, trusts }: Example = examples[name];
  const trusted = trusts ? [{ name: 'trusted-ca', behavior: 'merge', files: ['ca-bundle.crt'] }] : [];
  const file = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    namespace,
    resources: ['../../overlays/stacks/without-trino'],
    components: components.map((component) => `../../overlays/${component}`),
    configMapGenerator: [
      ...Object.entries(settings).map(([key, literals]) => ({ name: key, behavior: 'merge', literals })),
      ...trusted,
    ],
  };
  // Without aliases, which the checks refuse.
  return dump(file, { noRefs: true });
};

/** A certificate of a CA that signed nothing. */
const certificate = join(import.meta.dirname, '../ca-bundle.crt');

/** Writes an example into the folder clusters/ of a copy of the repository, under its own name or another. */
export const writeExample = (root: string, name: ExampleName, as: string = name): void => {
  const folder = join(root, 'clusters', as);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kustomization.yaml'), exampleText(name));
  const { trusts }: Example = examples[name];
  if (trusts) cpSync(certificate, join(folder, 'ca-bundle.crt'));
};

/** Writes all examples. */
export const writeExamples = (root: string): void => {
  for (const name of exampleNames) writeExample(root, name);
};
