/** Builds images, each once for every state of its inputs. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../../repository/src/repository.ts';
import { checksum } from './inputs.ts';
import { recipeOf, type Programs, type Recipe } from './recipes.ts';
import { registryAccess } from './registry.ts';
import { withStorage, type Storage } from './storage.ts';

/** An image in a file. */
export interface BuiltImage {
  /** Name of its recipe. */
  readonly recipe: string;
  /** The file, in Docker's format. */
  readonly archive: string;
  /** The reference of the image in the file. */
  readonly name: string;
}

interface Image extends BuiltImage {
  readonly of: Recipe;
}

const archives = join(cacheFolder, 'rehearsal/images');

/** The name of a recipe's image in other Containerfiles. */
const localName = ({ name }: Recipe): string => `localhost/stand-in/${name}`;

/** Documentation, and caches that a language leaves beside its sources, do not change an image. */
const isIgnored = (file: string): boolean => /(?:^|\/)(?:README\.md|__pycache__(?:\/.*)?)$/.test(file);

/** Checksums of a recipe's own files, the Containerfile among them. */
const ownFiles = ({ folder }: Recipe): readonly (readonly [string, string])[] =>
  folder === undefined
    ? []
    : readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name))
        .filter((file) => !isIgnored(file))
        .toSorted()
        .map((file) => [file.slice(folder.length + 1), checksum(readFileSync(file))]);

const stateOf = (recipe: Recipe): string =>
  checksum(
    JSON.stringify([
      ownFiles(recipe),
      Object.entries(recipe.inputs).map(([name, { state }]) => [name, state()]),
      recipe.on ? stateOf(recipe.on) : '',
    ]),
  ).slice(0, 12);

/** The image of a recipe in its present state, built or not. */
const imageIn = (of: Recipe): Image => {
  const state = stateOf(of);
  return {
    of,
    recipe: of.name,
    archive: join(archives, `${of.name}-${state}.tar`),
    name: `${localName(of)}:${state}`,
  };
};

/**
 * The image of a server in its present state, built or not.
 * @throws Error when there is no such image, or an input is missing
 */
export const imageOf = (folder: string, programs: Programs): BuiltImage => imageIn(recipeOf(folder, programs));

const removeOlder = ({ recipe, archive }: Image): void => {
  for (const file of readdirSync(archives))
    if (new RegExp(`^${recipe}-[0-9a-f]{12}[.]tar$`).test(file) && join(archives, file) !== archive)
      rmSync(join(archives, file), { force: true });
};

const build = async ({ folder: parent, buildah }: Storage, { recipe, archive, name, of }: Image): Promise<void> => {
  const context = join(parent, recipe);
  mkdirSync(context);
  if (of.folder !== undefined)
    cpSync(of.folder, context, { recursive: true, filter: (source) => !source.endsWith('__pycache__') });
  for (const [file, { put }] of Object.entries(of.inputs)) await put(join(context, file));
  const { options, env } = registryAccess();
  const how = ['--isolation', 'chroot', '--format', 'docker', '--quiet', ...options];
  await buildah(['bud', ...how, '--tag', name, '--file', join(context, 'Containerfile'), context], env);
  rmSync(context, { recursive: true });
  const temporary = join(parent, `${recipe}.tar`);
  await buildah(['push', '--quiet', name, `docker-archive:${temporary}:${name}`]);
  renameSync(temporary, archive);
};

const seconds = (start: number): string => ((performance.now() - start) / 1000).toFixed(0);

/** Builds an image that does not exist yet, after its base image. */
const make = async (storage: Storage, image: Image, given: Set<string>): Promise<void> => {
  if (existsSync(image.archive)) return;
  if (image.of.on) await give(storage, image.of.on, given);
  const start = performance.now();
  await build(storage, image).catch((error: unknown) => {
    throw new Error(`the image ${image.recipe} cannot be built: ${(error as Error).message}`, { cause: error });
  });
  removeOlder(image);
  console.error(`built image ${image.recipe} in ${seconds(start)} s (once)`);
};

/** Adds an image to a storage under the name that Containerfiles use. */
const give = async (storage: Storage, recipe: Recipe, given: Set<string>): Promise<void> => {
  const image = imageIn(recipe);
  await make(storage, image, given);
  if (given.has(image.name)) return;
  given.add(image.name);
  await storage.buildah(['pull', '--quiet', `docker-archive:${image.archive}`]);
  await storage.buildah(['tag', image.name, localName(recipe)]);
};

/**
 * Builds the images that do not exist yet, with a line of progress for each.
 * @returns one per recipe, in the same order
 * @throws Error with the image that cannot be built, and the reason; then nothing of it is left
 */
export const buildRecipes = async (recipes: readonly Recipe[]): Promise<readonly BuiltImage[]> => {
  const images = recipes.map(imageIn);
  const missing = images.filter(({ archive }) => !existsSync(archive));
  if (missing.length > 0)
    await withStorage(archives, async (storage) => {
      const given = new Set<string>();
      for (const image of missing) await make(storage, image, given);
    });
  return images.map(({ recipe, archive, name }) => ({ recipe, archive, name }));
};

/**
 * Builds images of servers.
 * @param folders below tools/rehearsal/images
 * @param options.programs paths of programs that images need from other builds, by name
 */
export const buildImages = async (
  folders: readonly string[],
  { programs = {} }: { readonly programs?: Programs } = {},
): Promise<readonly BuiltImage[]> => buildRecipes(folders.map((folder) => recipeOf(folder, programs)));
