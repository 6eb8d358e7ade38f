/** The choices of a cluster, found in the folders of overlays/. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { choices, layers, rankOf, type ChoiceFolder, type Effect, type Layer } from './layers.ts';

/** The names in each folder; options with their effects. */
export type Overlays = Readonly<Record<ChoiceFolder, readonly string[]>> & {
  readonly options: Readonly<Record<string, Effect>>;
};

interface Component {
  readonly resources?: readonly string[];
  readonly configMapGenerator?: readonly unknown[];
  readonly secretGenerator?: readonly unknown[];
  readonly patches?: readonly { readonly patch?: string }[];
}

/** An option that both adds and removes counts as adding, because what it removes must exist before it. */
export const effectOf = ({ resources, configMapGenerator, secretGenerator, patches = [] }: Component): Effect => {
  if (resources ?? configMapGenerator ?? secretGenerator) return 'adds';
  return patches.some(({ patch }) => patch && /^\s*\$patch:\s*delete\s*$/m.test(patch)) ? 'removes' : 'patches';
};

const namesIn = (root: string, folder: string): readonly string[] =>
  existsSync(join(root, 'overlays', folder))
    ? readdirSync(join(root, 'overlays', folder))
        .filter((name) => existsSync(join(root, 'overlays', folder, name, 'kustomization.yaml')))
        .sort()
    : [];

/** Reads the overlays of a repository. */
export const readOverlays = (root: string): Overlays => ({
  ...(Object.fromEntries(choices.map(({ folder }) => [folder, namesIn(root, folder)])) as Readonly<
    Record<ChoiceFolder, readonly string[]>
  >),
  options: Object.fromEntries(
    namesIn(root, 'options').map((name) => [
      name,
      effectOf(load(readFileSync(join(root, 'overlays/options', name, 'kustomization.yaml'), 'utf8')) as Component),
    ]),
  ),
});

/** The layer of an overlay, or undefined for other folders. An unknown option counts as one that patches. */
export const layerOf = (folder: string, name: string, { options }: Overlays): Layer | undefined =>
  layers.find(
    (layer) => layer.folder === folder && (!('effect' in layer) || layer.effect === (options[name] ?? 'patches')),
  );

/** The place of a folder of overlays/ among a cluster's components; -1 for others. */
const rankOfPath = (path: string, overlays: Overlays): number => {
  const [folder = '', name = ''] = path.split('/');
  const layer = layerOf(folder, name, overlays);
  return layer?.list === 'components' ? rankOf(layer) : -1;
};

/** Folders of overlays/ in the required order; those of one place by name. */
export const inOrder = (paths: readonly string[], overlays: Overlays): readonly string[] =>
  paths.toSorted((a, b) => rankOfPath(a, overlays) - rankOfPath(b, overlays) || (a < b ? -1 : 1));

/** A line that names an overlay: its indentation, and the folder of overlays/. */
const line = /^( *)- (?:\.\.\/)+overlays\/([\w-]+\/[\w.-]+)/gm;

/**
 * Adds an overlay to a cluster's file, at the end of its place in the order.
 * @param path a folder of overlays/, such as `options/read-replica`
 */
export const withOverlay =
  (path: string, overlays: Overlays) =>
  (text: string): string => {
    const rank = rankOfPath(path, overlays);
    const next = [...text.matchAll(line)].find(([, , named = '']) => rankOfPath(named, overlays) > rank);
    if (!next) return text;
    const { index, 1: indentation = '' } = next;
    return `${text.slice(0, index)}${indentation}- ../../overlays/${path}\n${text.slice(index)}`;
  };
