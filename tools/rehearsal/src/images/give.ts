/** Gives images to the real node: those of its own pods, and those that a cluster pins. */
import { join } from 'node:path';
import { containersOf, podTemplateOf, type Manifest } from '../../../manifests/src/manifest.ts';
import { buildPrograms, importImage, modules, pauseImage } from '../kubernetes/index.ts';
import { archivedImages, archiveOf } from './archives.ts';
import { buildImages, buildRecipes } from './build.ts';
import type { GivenImage, Origin, Preference } from './origins.ts';
import { pullImages } from './pull.ts';
import { imageFolders, serverFor } from './recipes.ts';
import { loadApplications } from '../../../repository/src/applications.ts';
import { understudyFor } from './understudy/recipe.ts';

/** The names of the node's images in its manifests and in containerd's configuration. */
const own: Readonly<Record<string, string>> = {
  pause: pauseImage,
  coredns: 'localhost/stand-in/coredns:1',
  'local-path-provisioner': 'localhost/stand-in/local-path-provisioner:1',
};

/** Modules whose single program is an image by itself. Both have the folder's name. */
const programs = [
  modules.coreDns,
  modules.localPathProvisioner,
  modules.pause,
  modules.redisExporter,
  modules.versityGateway,
];

const built = async (folders: readonly string[]) =>
  buildImages(folders, {
    programs: Object.fromEntries(
      await Promise.all(
        programs.map(async (module) => [module.folder, join(await buildPrograms(module), module.folder)] as const),
      ),
    ),
  });

/** Imports the images of the node's own pods. */
export const giveNodeImages = async (first: number): Promise<void> => {
  for (const { recipe, archive, name } of await built(Object.keys(own)))
    importImage(first, archive, name, [own[recipe] ?? '']);
};

/** Images that a cluster's objects pin, sorted. */
export const pinnedImages = (objects: readonly Manifest[]): readonly string[] =>
  [
    ...new Set(
      objects.flatMap((object) => {
        const template = podTemplateOf(object);
        return template?.spec ? containersOf(template.spec).flatMap(({ image }) => image ?? []) : [];
      }),
    ),
  ].toSorted();

/** Builds the images of all servers that this machine does not have yet. */
export const buildAllImages = async (): Promise<void> => {
  await built(imageFolders);
};

/**
 * Gives servers built from packages to the node, under names of their own.
 * @param folders below tools/rehearsal/images
 * @returns the names, by folder
 */
export const giveServers = async (
  first: number,
  folders: readonly string[],
): Promise<Readonly<Record<string, string>>> => {
  const servers = await built(folders);
  return Object.fromEntries(
    servers.map(({ recipe, archive, name }) => {
      importImage(first, archive, name, []);
      return [recipe, name] as const;
    }),
  );
};

/** An origin's answer: the images that it gave, and the reason for each other one. */
interface Outcome {
  readonly given: readonly GivenImage[];
  readonly refusals: ReadonlyMap<string, string>;
}

/** The request to an origin. */
interface Wanted {
  readonly first: number;
  readonly images: readonly string[];
  readonly objects: readonly Manifest[];
  readonly preference: Preference;
}

const outcome = (
  origin: Origin,
  results: readonly (readonly [image: string, result: { detail: string } | { refusal: string }])[],
): Outcome => ({
  given: results.flatMap(([image, result]) => ('detail' in result ? [{ image, origin, detail: result.detail }] : [])),
  refusals: new Map(
    results.flatMap(([image, result]) => ('refusal' in result ? [[image, result.refusal] as const] : [])),
  ),
});

const fromArchives = async ({ first, images, preference: { archives = '' } }: Wanted): Promise<Outcome> => {
  const archived = archivedImages(archives);
  return outcome(
    'archive',
    images.map((image) => {
      const found = archiveOf(archived, image);
      if (!found) return [image, { refusal: `no archive in ${archives} has it` }];
      importImage(first, found.archive, found.name, [image]);
      return [image, { detail: found.archive }];
    }),
  );
};

/**
 * Asks the next origin when a registry cannot be reached.
 * @throws Error when a registry refuses, because the user must correct that
 */
const fromRegistries = async ({ first, images, preference: { order } }: Wanted): Promise<Outcome> => {
  const pulled = [...(await pullImages(first, images))];
  const isLast = order.at(-1) === 'pull';
  const wrong = pulled.flatMap(([, result]) =>
    'refusal' in result && (isLast || result.refusal !== 'unreachable') ? [result.sentence] : [],
  );
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return outcome(
    'pull',
    pulled.map(([image, result]) => [
      image,
      'digest' in result ? { detail: result.digest } : { refusal: result.sentence },
    ]),
  );
};

const fromPackages = async ({ first, images }: Wanted): Promise<Outcome> => {
  const folders = new Map(images.flatMap((image) => (serverFor(image) ? [[image, serverFor(image) ?? '']] : [])));
  const made = await built([...new Set(folders.values())]);
  return outcome(
    'packages',
    images.map((image) => {
      const server = made.find(({ recipe }) => recipe === folders.get(image));
      if (!server) return [image, { refusal: 'no package registry has this server' }];
      importImage(first, server.archive, server.name, [image]);
      return [image, { detail: `tools/rehearsal/images/${server.recipe}` }];
    }),
  );
};

const fromUnderstudies = async ({ first, images, objects }: Wanted): Promise<Outcome> => {
  const applications = await loadApplications();
  const results: (readonly [string, { detail: string } | { refusal: string }])[] = [];
  for (const image of images) {
    const recipe = understudyFor(applications, image, objects);
    const [understudy] = recipe ? await buildRecipes([recipe]) : [];
    if (understudy) importImage(first, understudy.archive, understudy.name, [image]);
    results.push([
      image,
      understudy ? { detail: understudy.recipe } : { refusal: 'no application in libs/ declares a workload of it' },
    ]);
  }
  return outcome('understudy', results);
};

const ask: Readonly<Record<Origin, (wanted: Wanted) => Promise<Outcome>>> = {
  archive: fromArchives,
  pull: fromRegistries,
  packages: fromPackages,
  understudy: fromUnderstudies,
};

/**
 * Gives images to the node under the names that the cluster pins, each from the first origin that has it.
 * @param objects that the cluster is rendered to
 * @returns one for each image, sorted
 * @throws Error naming each image that no origin has, with each origin's reason
 */
export const giveClusterImages = async (
  first: number,
  images: readonly string[],
  objects: readonly Manifest[],
  preference: Preference,
): Promise<readonly GivenImage[]> => {
  const given: GivenImage[] = [];
  const refusals = new Map<string, string[]>();
  let left: readonly string[] = [...new Set(images)].toSorted();
  for (const origin of preference.order) {
    if (left.length === 0) break;
    const { given: some, refusals: why } = await ask[origin]({ first, images: left, objects, preference });
    given.push(...some);
    for (const [image, reason] of why) refusals.set(image, [...(refusals.get(image) ?? []), `${origin}: ${reason}`]);
    left = left.filter((image) => why.has(image));
  }
  if (left.length > 0)
    throw new Error(
      left.map((image) => `no origin has the image ${image}\n  ${(refusals.get(image) ?? []).join('\n  ')}`).join('\n'),
    );
  return given.toSorted((a, b) => (a.image < b.image ? -1 : 1));
};
