/** Checks the overlays of a cluster: their existence, their number, and their order. */
import { posix } from 'node:path';
import { conflictFaults } from './conflicts.ts';
import type { Fault, Path } from './fault.ts';
import type { ClusterKustomization } from './kustomization.ts';
import { choices, layers, placesIn, rankOf, type Folder, type List } from './layers.ts';
import { layerOf, type Overlays } from './overlays.ts';
import { allowed } from '../../repository/src/suggest.ts';

/** An overlay, as a cluster names it. */
interface Named {
  readonly at: Path;
  readonly reference: string;
  readonly folder: string;
  readonly name: string;
}

const withoutSlash = (reference: string): string => reference.replace(/\/+$/, '');

const namedIn = (list: List, kustomization: ClusterKustomization, cluster: string): readonly Named[] =>
  (kustomization[list] ?? []).flatMap((reference, index) => {
    const path = withoutSlash(posix.join('clusters', cluster, reference)).split('/');
    const [top, folder = '', name = '', ...rest] = path;
    return top === 'overlays' && rest.length === 0 ? [{ at: [list, index], reference, folder, name }] : [];
  });

/** The overlays of a cluster, as folders of overlays/: `kafka/external`. */
export const overlaysOf = (kustomization: ClusterKustomization, cluster: string): ReadonlySet<string> =>
  new Set(
    (['resources', 'components'] as const).flatMap((list) =>
      namedIn(list, kustomization, cluster).map(({ folder, name }) => `${folder}/${name}`),
    ),
  );

/** The folders in one list of a cluster's file, in their order. */
const foldersIn = (list: List): readonly Folder[] => [
  ...new Set(layers.filter((layer) => layer.list === list).map(({ folder }) => folder)),
];

const isIn = (list: List, { folder }: Named): boolean => (foldersIn(list) as readonly string[]).includes(folder);

const unknownFaults = ({ at, folder, name }: Named, overlays: Overlays): readonly Fault[] => {
  const layer = layers.find((known) => known.folder === folder);
  if (!layer) return [];
  const known = layer.folder === 'options' ? Object.keys(overlays.options) : overlays[layer.folder];
  const word = layer.folder === 'options' ? 'option' : layer.word;
  return known.includes(name)
    ? []
    : [{ at, sentence: `names the ${word} ${name}, which does not exist; ${allowed(name, known)}` }];
};

const twiceFaults = (named: readonly Named[]): readonly Fault[] =>
  named
    .filter(
      ({ folder, name }, index) => named.findIndex((other) => other.folder === folder && other.name === name) !== index,
    )
    .map(({ at, reference }) => ({ at, sentence: `names ${reference} twice` }));

const countFaults = (named: readonly Named[], overlays: Overlays): readonly Fault[] =>
  choices.flatMap(({ folder, word, list }) => {
    const those = named.filter((other) => other.folder === folder);
    const names = those.map(({ name }) => name);
    const { at } = those.at(-1) ?? {};
    if (names.length === 1) return [];
    const what = names.length === 0 ? `no ${word}` : `${names.length} of ${folder}, ${names.join(' and ')}`;
    const where = list === 'resources' ? ' in its resources' : '';
    const sentence = `names ${what}${where}; it must name exactly one of overlays/${folder}: ${overlays[folder].join(', ')}`;
    return [{ ...(at && { at }), sentence }];
  });

const order = placesIn('components').join(', ');

const orderFaults = (components: readonly Named[], overlays: Overlays): readonly Fault[] => {
  const known = components.flatMap(({ at, folder, name }) => {
    const layer = layerOf(folder, name, overlays);
    return layer ? [{ at, title: `${folder}/${name} (${layer.word})`, rank: rankOf(layer) }] : [];
  });
  return known.flatMap(({ at, title, rank }, index) => {
    const before = known[index - 1];
    return before && before.rank > rank
      ? [{ at, sentence: `lists ${title} after ${before.title}; the order is ${order} last` }]
      : [];
  });
};

/** Every fault in a cluster's overlays. */
export const layerFaults = (
  kustomization: ClusterKustomization,
  cluster: string,
  overlays: Overlays,
): readonly Fault[] => {
  const ofComponents = namedIn('components', kustomization, cluster);
  const named = [
    // Other resources are the cluster's own.
    ...namedIn('resources', kustomization, cluster).filter((one) => isIn('resources', one)),
    ...ofComponents.filter((one) => isIn('components', one)),
  ];
  return [
    ...ofComponents
      .filter((one) => !isIn('components', one))
      .map(({ at, reference }) => {
        const folders = foldersIn('components').map((folder) => `overlays/${folder}`);
        return { at, sentence: `names the component ${reference}; components are in ${folders.join(', ')}` };
      }),
    ...named.flatMap((one) => unknownFaults(one, overlays)),
    ...twiceFaults(named),
    ...countFaults(named, overlays),
    ...orderFaults(ofComponents, overlays),
    ...conflictFaults(overlaysOf(kustomization, cluster)).map((sentence) => ({ sentence })),
  ];
};
