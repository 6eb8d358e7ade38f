/** What a cluster can choose from, found in the folders of overlays/. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

/** What an option does; in a cluster, those that add come first and those that remove last. */
export type Effect = 'adds' | 'patches' | 'removes';

/** The choices, by folder; options with what they do. */
export interface Overlays {
  readonly stacks: readonly string[];
  readonly platforms: readonly string[];
  readonly kafka: readonly string[];
  readonly 'object-storage': readonly string[];
  readonly secrets: readonly string[];
  readonly options: Readonly<Record<string, Effect>>;
  readonly storage: readonly string[];
  readonly profiles: readonly string[];
}

interface Component {
  readonly resources?: readonly string[];
  readonly configMapGenerator?: readonly unknown[];
  readonly secretGenerator?: readonly unknown[];
  readonly patches?: readonly { readonly patch?: string }[];
}

/** An option that both adds and removes counts as adding: what it removes must be there before it. */
export const effectOf = ({ resources, configMapGenerator, secretGenerator, patches = [] }: Component): Effect => {
  if (resources ?? configMapGenerator ?? secretGenerator) return 'adds';
  return patches.some(({ patch }) => patch && /^\s*\$patch:\s*delete\s*$/m.test(patch)) ? 'removes' : 'patches';
};

const choices = (root: string, folder: string): readonly string[] =>
  existsSync(join(root, 'overlays', folder))
    ? readdirSync(join(root, 'overlays', folder))
        .filter((name) => existsSync(join(root, 'overlays', folder, name, 'kustomization.yaml')))
        .sort()
    : [];

/** Reads the choices of a repository. */
export const readOverlays = (root: string): Overlays => ({
  stacks: choices(root, 'stacks'),
  platforms: choices(root, 'platforms'),
  kafka: choices(root, 'kafka'),
  'object-storage': choices(root, 'object-storage'),
  secrets: choices(root, 'secrets'),
  options: Object.fromEntries(
    choices(root, 'options').map((name) => [
      name,
      effectOf(load(readFileSync(join(root, 'overlays/options', name, 'kustomization.yaml'), 'utf8')) as Component),
    ]),
  ),
  storage: choices(root, 'storage'),
  profiles: choices(root, 'profiles'),
});
