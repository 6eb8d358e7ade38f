/** Checks the overlays of a cluster: their existence, their number, and their order. */
import { posix } from 'node:path';
import { conflictFaults } from './conflicts.ts';
import type { ClusterKustomization } from './kustomization.ts';
import { choices, layers, placesIn, rankOf, type Folder, type List } from './layers.ts';
import { layerOf, type Overlays } from './overlays.ts';
import { allowed } from './suggest.ts';

/** An overlay, as a cluster names it. */
interface Named {
  readonly reference: string;
  readonly folder: string;
  readonly name: string;
}

const withoutSlash = (reference: string): string => reference.replace(/\/+$/, '');

const namedIn = (references: readonly string[], cluster: string): readonly Named[] =>
  references.flatMap((reference) => {
    const path = withoutSlash(posix.join('clusters', cluster, reference)).split('/');
    const [top, folder = '', name = '', ...rest] = path;
    return top === 'overlays' && rest.length === 0 ? [{ reference, folder, name }] : [];
  });

/** The overlays of a cluster, as folders of overlays/: `kafka/external`. */
export const overlaysOf = (
  { resources = [], components = [] }: ClusterKustomization,
  cluster: string,
): ReadonlySet<string> =>
  new Set(namedIn([...resources, ...components], cluster).map(({ folder, name }) => `${folder}/${name}`));

/** The folders in one list of a cluster's file, in their order. */
const foldersIn = (list: List): readonly Folder[] => [
  ...new Set(layers.filter((layer) => layer.list === list).map(({ folder }) => folder)),
];

const isIn = (list: List, { folder }: Named): boolean => (foldersIn(list) as readonly string[]).includes(folder);

const unknownFaults = ({ folder, name }: Named, overlays: Overlays): readonly string[] => {
  const layer = layers.find((known) => known.folder === folder);
  if (!layer) return [];
  const known = layer.folder === 'options' ? Object.keys(overlays.options) : overlays[layer.folder];
  const word = layer.folder === 'options' ? 'option' : layer.word;
  return known.includes(name) ? [] : [`names the ${word} ${name}, which does not exist; ${allowed(name, known)}`];
};

const twiceFaults = (named: readonly Named[]): readonly string[] =>
  named
    .filter(
      ({ folder, name }, index) => named.findIndex((other) => other.folder === folder && other.name === name) !== index,
    )
    .map(({ reference }) => `names ${reference} twice`);

const countFaults = (named: readonly Named[], overlays: Overlays): readonly string[] =>
  choices.flatMap(({ folder, word, list }) => {
    const names = named.filter((other) => other.folder === folder).map(({ name }) => name);
    if (names.length === 1) return [];
    const what = names.length === 0 ? `no ${word}` : `${names.length} of ${folder}, ${names.join(' and ')}`;
    const where = list === 'resources' ? ' in its resources' : '';
    return [`names ${what}${where}; it must name exactly one of overlays/${folder}: ${overlays[folder].join(', ')}`];
  });

const order = placesIn('components').join(', ');

const orderFaults = (components: readonly Named[], overlays: Overlays): readonly string[] => {
  const known = components.flatMap(({ folder, name }) => {
    const layer = layerOf(folder, name, overlays);
    return layer ? [{ title: `${folder}/${name} (${layer.word})`, rank: rankOf(layer) }] : [];
  });
  return known.flatMap(({ title, rank }, index) => {
    const before = known[index - 1];
    return before && before.rank > rank ? [`lists ${title} after ${before.title}; the order is ${order} last`] : [];
  });
};

/** Every fault in a cluster's overlays, as the rest of sentences after its file's name. */
export const layerFaults = (
  kustomization: ClusterKustomization,
  cluster: string,
  overlays: Overlays,
): readonly string[] => {
  const ofComponents = namedIn(kustomization.components ?? [], cluster);
  const named = [
    // Other resources are the cluster's own.
    ...namedIn(kustomization.resources ?? [], cluster).filter((one) => isIn('resources', one)),
    ...ofComponents.filter((one) => isIn('components', one)),
  ];
  return [
    ...ofComponents
      .filter((one) => !isIn('components', one))
      .map(({ reference }) => {
        const folders = foldersIn('components').map((folder) => `overlays/${folder}`);
        return `names the component ${reference}; components are in ${folders.join(', ')}`;
      }),
    ...named.flatMap((one) => unknownFaults(one, overlays)),
    ...twiceFaults(named),
    ...countFaults(named, overlays),
    ...orderFaults(ofComponents, overlays),
    ...conflictFaults(overlaysOf(kustomization, cluster)),
  ];
};
