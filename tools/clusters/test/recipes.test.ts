/** Every recipe of a README for clusters renders, keeps the laws, and is valid, in a cluster that may use it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, expect, test } from 'vitest';
import { repository } from '../../repository/src/repository.ts';
import { schemaFaults } from '../src/kubeconform.ts';
import type { ClusterKustomization } from '../src/kustomization.ts';
import { choices, type ChoiceFolder } from '../src/layers.ts';
import { renderCluster } from '../src/render.ts';
import { examples } from '../src/settings.ts';
import { writeCluster } from './chosen-cluster.ts';
import { scratchRepository } from './scratch.ts';

const { root, remove } = scratchRepository();
afterAll(remove);

interface Recipe {
  readonly file: string;
  readonly number: number;
  readonly yaml: string;
}

const recipesOf = (file: string): readonly Recipe[] =>
  [...readFileSync(join(repository, file), 'utf8').matchAll(/```yaml\n([^]*?)```/g)]
    .map(([, yaml = ''], index) => ({ file, number: index + 1, yaml }))
    // Other blocks are for the ConfigMaps of operators, not for a cluster's file.
    .filter(({ yaml }) => /^(components|configMapGenerator|patches|images):/m.test(yaml));

const readmes = [
  'clusters/README.md',
  ...readdirSync(join(repository, 'overlays'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.split('/').length === 3 && file.endsWith('/README.md'))
    .map((file) => `overlays/${file}`),
];

/** The choice of each layer with the most recipes. */
const preferred: Readonly<Partial<Record<ChoiceFolder, string>>> = {
  kafka: 'strimzi',
  'object-storage': 'external',
  secrets: 'existing',
  storage: 'production',
  profiles: 'production',
};

/** A cluster of these choices, but with the overlay of a README. */
const choicesFor = (file: string): ReadonlySet<string> => {
  const [, own] = /^overlays\/(.*)\/README\.md$/.exec(file) ?? [];
  const platforms = own === 'object-storage/odf' ? 'openshift' : 'kubernetes';
  const usual = choices.map(({ folder, standard = '' }) => {
    const { [folder]: name = standard } = { ...preferred, platforms };
    return `${folder}/${name}`;
  });
  const folder = own?.split('/')[0];
  return new Set([...usual.filter((other) => other.split('/')[0] !== folder), ...(own ? [own] : [])]);
};

type Generators = NonNullable<ClusterKustomization['configMapGenerator']>;

/** A recipe's merge replaces the test's own merge. */
const merged = (usual: Generators, own: Generators): Generators => [
  ...usual.filter(({ name }) => !own.some((other) => other.name === name)),
  ...own.map((entry) => ({
    ...entry,
    literals: [
      ...(usual
        .find(({ name }) => name === entry.name)
        ?.literals?.filter((literal) => {
          const [key = ''] = literal.split('=');
          return !entry.literals?.some((mine) => mine.startsWith(`${key}=`));
        }) ?? []),
      ...(entry.literals ?? []),
    ],
  })),
];

const recipes = readmes.flatMap(recipesOf);

const bundle = { name: 'trusted-ca', behavior: 'merge', files: ['ca-bundle.crt'] };

test.each(recipes.map((recipe) => [`${recipe.file}, recipe ${recipe.number}`, recipe] as const))(
  '%s',
  async (_title, { file, number, yaml }) => {
    const recipe = load(yaml) as ClusterKustomization;
    const chosen = choicesFor(file);
    const own = recipe.configMapGenerator ?? [];
    const wantsBundle = yaml.includes('ca-bundle.crt') && !own.some(({ name }) => name === bundle.name);
    // A cluster's name is shorter than most of these titles.
    const name = `recipe-${recipes.findIndex((other) => other.file === file && other.number === number)}`;
    const folder = join(root, 'clusters', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'ca-bundle.crt'), 'certificates\n');
    await writeCluster(root, name, chosen, {
      configMapGenerator: [...merged(examples(chosen), own), ...(wantsBundle ? [bundle] : [])],
      patches: recipe.patches,
      images: recipe.images,
    });
    for (const component of [...(recipe.components ?? []), ...(recipe.resources ?? [])])
      expect([component, existsSync(join(folder, component))]).toEqual([component, true]);
    expect(await schemaFaults((await renderCluster(name, root)).yaml)).toEqual([]);
  },
);
