/** The layers of a cluster: which overlays it names, that they exist, how many of each, and in which order. */
import { posix } from 'node:path';
import { conflictFaults } from './conflicts.ts';
import type { ClusterKustomization } from './kustomization.ts';
import type { Overlays } from './overlays.ts';
import { allowed } from './suggest.ts';

/** Folders of overlays/ whose Components a cluster lists, in their lawful order, with the word for one of them. */
const words = {
  kafka: 'Kafka',
  'object-storage': 'object storage',
  secrets: 'maker of Secrets',
  platforms: 'platform',
  options: 'option',
  storage: 'storage',
  profiles: 'profile',
} as const;

type Folder = keyof typeof words;

interface Layer {
  readonly folder: Folder;
  readonly name: string;
  /** Place in the lawful order. */
  readonly rank: number;
  /** How a reader calls it. */
  readonly title: string;
}

/** What adds comes before the platform, which adapts every workload that is there. */
const effects = { adds: 0, patches: 3, removes: 4 } as const;

const titles: Readonly<Record<number, string>> = {
  0: 'option that adds something',
  3: 'option that patches',
  4: 'option that removes something',
};

const isFolder = (folder: string): folder is Folder => folder in words;

const layerOf = (folder: Folder, name: string, overlays: Overlays): Layer => {
  // Who makes the Secrets must know all of them, and brings a Job that the platform must reach.
  const fixed = { kafka: 0, 'object-storage': 0, secrets: 1, platforms: 2, storage: 5, profiles: 6 } as const;
  const rank = folder === 'options' ? effects[overlays.options[name] ?? 'patches'] : fixed[folder];
  return { folder, name, rank, title: folder === 'options' ? (titles[rank] ?? words.options) : words[folder] };
};

const namesIn = (folder: Folder, overlays: Overlays): readonly string[] =>
  folder === 'options' ? Object.keys(overlays.options) : overlays[folder];

const withoutSlash = (reference: string): string => reference.replace(/\/+$/, '');

const overlayPath = (reference: string, cluster: string): readonly [string, string] | undefined => {
  const [top, folder = '', name = '', ...rest] = withoutSlash(posix.join('clusters', cluster, reference)).split('/');
  return top === 'overlays' && rest.length === 0 ? [folder, name] : undefined;
};

/** The overlays that a cluster lists, as folders of overlays/: `kafka/external`. */
export const overlaysOf = (
  { resources = [], components = [] }: ClusterKustomization,
  cluster: string,
): ReadonlySet<string> =>
  new Set([...resources, ...components].flatMap((reference) => overlayPath(reference, cluster)?.join('/') ?? []));

const stackFaults = ({ resources = [] }: ClusterKustomization, cluster: string, { stacks }: Overlays) => {
  const named = resources.flatMap((reference) => {
    const [folder, name] = overlayPath(reference, cluster) ?? [];
    return folder === 'stacks' && name !== undefined ? [name] : [];
  });
  const unknown = named
    .filter((name) => !stacks.includes(name))
    .map((name) => `names the stack ${name}, which does not exist; ${allowed(name, stacks)}`);
  return named.length === 1
    ? unknown
    : [
        ...unknown,
        `names ${named.length === 0 ? 'no stack' : `the stacks ${named.join(' and ')}`} in its resources; it must name exactly one of ${stacks.join(', ')}`,
      ];
};

const orderFaults = (layers: readonly Layer[]): readonly string[] =>
  layers.flatMap((layer, index) => {
    const before = layers[index - 1];
    return before && before.rank > layer.rank
      ? [
          `lists ${layer.folder}/${layer.name} (${layer.title}) after ${before.folder}/${before.name} (${before.title}); the order is what adds something, maker of Secrets, platform, options that patch, that remove, storage, profile last`,
        ]
      : [];
  });

const countFaults = (layers: readonly Layer[], overlays: Overlays): readonly string[] =>
  (['kafka', 'object-storage', 'secrets', 'platforms', 'storage', 'profiles'] as const).flatMap((folder) => {
    const named = layers.filter((layer) => layer.folder === folder).map(({ name }) => name);
    const word = words[folder];
    return named.length === 1
      ? []
      : [
          `names ${named.length === 0 ? `no ${word}` : `${named.length} of ${folder}, ${named.join(' and ')}`}; it must name exactly one of overlays/${folder}: ${namesIn(folder, overlays).join(', ')}`,
        ];
  });

/** Components in their lawful order, as folders of overlays/; those of one rank by name. */
export const inOrder = (components: readonly string[], overlays: Overlays): readonly string[] => {
  const rankOf = (component: string): number => {
    const [folder = '', name = ''] = component.split('/');
    return isFolder(folder) ? layerOf(folder, name, overlays).rank : 0;
  };
  return components.toSorted((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
};

/** Every fault in what a cluster is made of; the sentences go on after the name of its file. */
export const layerFaults = (
  kustomization: ClusterKustomization,
  cluster: string,
  overlays: Overlays,
): readonly string[] => {
  const references = (kustomization.components ?? []).flatMap((reference) => {
    const path = overlayPath(reference, cluster);
    return path ? [{ reference, folder: path[0], name: path[1] }] : [];
  });
  const unknown = references.flatMap(({ reference, folder, name }) => {
    if (!isFolder(folder)) {
      return [`names the component ${reference}; components are in overlays/${Object.keys(words).join(', overlays/')}`];
    }
    const names = namesIn(folder, overlays);
    return names.includes(name)
      ? []
      : [`names the ${words[folder]} ${name}, which does not exist; ${allowed(name, names)}`];
  });
  const layers = references.flatMap(({ folder, name }) => (isFolder(folder) ? [layerOf(folder, name, overlays)] : []));
  const twice = references
    .filter(
      ({ folder, name }, index) =>
        references.findIndex((other) => other.folder === folder && other.name === name) !== index,
    )
    .map(({ reference }) => `names ${reference} twice`);
  return [
    ...stackFaults(kustomization, cluster, overlays),
    ...unknown,
    ...twice,
    ...countFaults(layers, overlays),
    ...orderFaults(layers),
    ...conflictFaults(overlaysOf(kustomization, cluster)),
  ];
};
