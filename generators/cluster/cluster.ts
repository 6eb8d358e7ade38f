/** From a few words to a cluster's kustomization.yaml, by the same checks that every cluster passes. */
import type { ClusterKustomization } from '../../tools/clusters/src/kustomization.ts';
import { layerFaults, overlaysOf } from '../../tools/clusters/src/layers.ts';
import type { Effect, Overlays } from '../../tools/clusters/src/overlays.ts';
import { settingFaults } from '../../tools/clusters/src/settings.ts';

/** What is asked for; an empty word is one that was left out. */
export interface ClusterRequest {
  readonly name: string;
  readonly host: string;
  readonly platform: string;
  readonly kafka: string;
  readonly objectStorage: string;
  readonly secrets: string;
  readonly stack: string;
  readonly profile: string;
  readonly storage: string;
  readonly options: readonly string[];
  /** What the cluster merges besides its host, each as `<ConfigMap>.<key>=<value>`. */
  readonly settings: readonly string[];
  readonly namespace: string;
  /** One sentence, for the first line of the file. */
  readonly description: string;
}

/** One overlay that the file names, and the words behind it. */
interface Line {
  readonly reference: string;
  readonly remark: string;
}

const order: Readonly<Record<Effect, number>> = { adds: 0, patches: 1, removes: 2 };

/** Options in their lawful order; those with the same effect by name. */
const ordered = (options: readonly string[], { options: effects }: Overlays): readonly string[] =>
  options.toSorted((a, b) => order[effects[a] ?? 'patches'] - order[effects[b] ?? 'patches'] || (a < b ? -1 : 1));

const lines = (folder: string, names: readonly string[], remark: string): readonly Line[] =>
  names
    .filter((name) => name !== '')
    .map((name, index) => ({
      reference: `../../overlays/${folder}/${name}`,
      remark: index === 0 ? ` # ${remark}` : '',
    }));

/** What adds something comes before the platform, which adapts every workload that is there. */
const adds = (option: string, { options }: Overlays): boolean => options[option] === 'adds';

const optionLines = ({ options }: ClusterRequest, overlays: Overlays, first: boolean): readonly Line[] =>
  lines(
    'options',
    ordered(options, overlays).filter((option) => adds(option, overlays) === first),
    'what differs here',
  );

const resources = ({ stack }: ClusterRequest): readonly Line[] => lines('stacks', [stack], 'what there is');

const components = (request: ClusterRequest, overlays: Overlays): readonly Line[] => [
  ...lines('kafka', [request.kafka], 'which Kafka'),
  ...lines('object-storage', [request.objectStorage], 'where reports are kept'),
  ...optionLines(request, overlays, true),
  ...lines('secrets', [request.secrets], 'who makes the Secrets'),
  ...lines('platforms', [request.platform], 'where it runs'),
  ...optionLines(request, overlays, false),
  ...lines('storage', [request.storage], 'how much disk'),
  ...lines('profiles', [request.profile], 'how big; always last'),
];

interface Merge {
  readonly name: string;
  readonly literals: readonly string[];
}

const merge = (setting: string): Merge => {
  const [, name = '', literal = ''] = /^([^.=]+)\.(.+)$/s.exec(setting) ?? [];
  return { name, literals: [literal] };
};

/** The ConfigMaps that the cluster merges into, the one with its host first. */
const merges = ({ host, settings }: ClusterRequest): readonly Merge[] => {
  const all = [{ name: 'public', literals: host === '' ? [] : [`host=${host}`] }, ...settings.map(merge)];
  return [...new Set(all.map(({ name }) => name))].map((name) => ({
    name,
    literals: all.filter((other) => other.name === name).flatMap(({ literals }) => literals),
  }));
};

/** What the text says, for the checks: a word that would break the text is refused before it is in one. */
const kustomization = (request: ClusterRequest, overlays: Overlays): ClusterKustomization => ({
  namespace: request.namespace,
  resources: resources(request).map(({ reference }) => reference),
  components: components(request, overlays).map(({ reference }) => reference),
  configMapGenerator: merges(request).map((entry) => ({ ...entry, behavior: 'merge' })),
});

const listed = (list: readonly Line[]): string =>
  list.map(({ reference, remark }) => `  - ${reference}${remark}\n`).join('');

const text = (request: ClusterRequest, overlays: Overlays): string =>
  `# ${request.description}
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${request.namespace}
resources:
${listed(resources(request))}components:
${listed(components(request, overlays))}configMapGenerator: # what only this cluster knows
${merges(request)
  .map(
    ({ name, literals }) =>
      `  - name: ${name}\n    behavior: merge\n    literals:\n${literals.map((literal) => `      - ${literal}\n`).join('')}`,
  )
  .join('')}`;

/** A label of DNS, for the name becomes part of object names. */
const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

const wordFaults = (
  {
    name,
    namespace,
    description,
    platform,
    kafka,
    objectStorage,
    secrets,
    stack,
    storage,
    profile,
    options,
    settings,
  }: ClusterRequest,
  taken: ReadonlySet<string>,
): readonly string[] => [
  ...(dnsLabel.test(name) ? [] : ['is no name for a cluster: it must be up to 63 of a-z, 0-9 and -, no - at its ends']),
  ...(taken.has(name) ? ['is the name of another cluster or project already'] : []),
  ...(dnsLabel.test(namespace) ? [] : [`names the namespace ${namespace}, which Kubernetes refuses`]),
  ...(/[\r\n]/.test(description) ? ['has a description of several lines; it must be one'] : []),
  ...[platform, kafka, objectStorage, secrets, stack, storage, profile, ...options]
    .filter((word) => word.includes('/'))
    .map((word) => `names ${word}, which is a path; name the folder alone`),
  ...settings
    .filter((setting) => !/^[^.=\s]+\.[^=\s]+=\S+$/.test(setting))
    .map((setting) => `sets ${setting}; a setting is <ConfigMap>.<key>=<value>, such as kafka-endpoint.port=9092`),
];

/**
 * The files of a new cluster, by path in the repository.
 * @param taken names that are in use
 * @throws Error with all faults of the request, one a line
 */
export const clusterFiles = (
  request: ClusterRequest,
  overlays: Overlays,
  taken: ReadonlySet<string>,
): Readonly<Record<string, string>> => {
  const asked = kustomization(request, overlays);
  const faults = [
    ...wordFaults(request, taken),
    ...layerFaults(asked, request.name, overlays),
    ...settingFaults(asked, overlaysOf(asked, request.name)),
  ];
  if (faults.length > 0) throw new Error(faults.map((fault) => `cluster ${request.name}: ${fault}`).join('\n'));
  return { [`clusters/${request.name}/kustomization.yaml`]: text(request, overlays) };
};
