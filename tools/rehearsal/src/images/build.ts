/** Builds images, each once for every state of what it is made from. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../../repository/src/repository.ts';
import { checksum, type Input } from './inputs.ts';
import { base, inputsOf, type Programs } from './recipes.ts';
import { registryAccess } from './registry.ts';
import { withStorage, type Storage } from './storage.ts';

/** An image in a file. */
export interface BuiltImage {
  readonly folder: string;
  /** The file, in Docker's format. */
  readonly archive: string;
  /** What the image is called in there. */
  readonly name: string;
}

interface Image extends BuiltImage {
  readonly inputs: Readonly<Record<string, Input>>;
}

const archives = join(cacheFolder, 'rehearsal/images');

const sourceFolder = (folder: string): string => join(import.meta.dirname, '../../images', folder);

/** The base's name in Containerfiles. */
const baseName = `localhost/stand-in/${base}`;

const isOnBase = (folder: string): boolean =>
  readFileSync(join(sourceFolder(folder), 'Containerfile'), 'utf8').includes(`FROM ${baseName}`);

const ownFiles = (folder: string): readonly (readonly [string, string])[] =>
  readdirSync(sourceFolder(folder))
    .toSorted()
    .map((name) => [name, checksum(readFileSync(join(sourceFolder(folder), name)))]);

const stateOf = (folder: string, inputs: Readonly<Record<string, Input>>): string =>
  checksum(
    JSON.stringify([
      ownFiles(folder),
      Object.entries(inputs).map(([name, { state }]) => [name, state()]),
      isOnBase(folder) ? stateOf(base, inputsOf(base, {})) : '',
    ]),
  ).slice(0, 12);

/**
 * An image in its present state, built or not.
 * @throws Error when there is no such image, or something that it is made from is missing
 */
export const imageOf = (folder: string, programs: Programs): Image => {
  const inputs = inputsOf(folder, programs);
  const state = stateOf(folder, inputs);
  const archive = join(archives, `${folder}-${state}.tar`);
  return { folder, archive, name: `localhost/stand-in/${folder}:${state}`, inputs };
};

const removeOlder = ({ folder, archive }: Image): void => {
  for (const file of readdirSync(archives))
    if (new RegExp(`^${folder}-[0-9a-f]{12}[.]tar$`).test(file) && join(archives, file) !== archive)
      rmSync(join(archives, file), { force: true });
};

const build = async ({ folder: parent, buildah }: Storage, { folder, archive, name, inputs }: Image): Promise<void> => {
  const context = join(parent, folder);
  mkdirSync(context);
  cpSync(sourceFolder(folder), context, { recursive: true });
  for (const [file, { put }] of Object.entries(inputs)) await put(join(context, file));
  const { options, env } = registryAccess();
  const how = ['--isolation', 'chroot', '--format', 'docker', '--quiet', ...options];
  await buildah(['bud', ...how, '--tag', name, '--file', join(context, 'Containerfile'), context], env);
  rmSync(context, { recursive: true });
  const temporary = join(parent, `${folder}.tar`);
  await buildah(['push', '--quiet', name, `docker-archive:${temporary}:${name}`]);
  renameSync(temporary, archive);
};

const make = async (storage: Storage, image: Image): Promise<void> => {
  if (existsSync(image.archive)) return;
  const start = performance.now();
  await build(storage, image).catch((error: unknown) => {
    throw new Error(`the image ${image.folder} cannot be built: ${(error as Error).message}`, { cause: error });
  });
  removeOlder(image);
  console.error(`built image ${image.folder} in ${((performance.now() - start) / 1000).toFixed(0)} s (once)`);
};

/** Makes the base known to a storage under the name that Containerfiles use. */
const giveBase = async (storage: Storage): Promise<void> => {
  const image = imageOf(base, {});
  await make(storage, image);
  await storage.buildah(['pull', '--quiet', `docker-archive:${image.archive}`]);
  await storage.buildah(['tag', image.name, baseName]);
};

/**
 * Builds the images that are not there yet, with a line of progress for each.
 * @param folders below tools/rehearsal/images
 * @param options.programs paths of programs that images need from elsewhere, by name
 * @returns one per folder, in the same order
 * @throws Error saying which image cannot be built, and why; then nothing of it is left
 */
export const buildImages = async (
  folders: readonly string[],
  { programs = {} }: { readonly programs?: Programs } = {},
): Promise<readonly BuiltImage[]> => {
  const images = folders.map((folder) => imageOf(folder, programs));
  const missing = images.filter(({ archive }) => !existsSync(archive));
  if (missing.length > 0)
    await withStorage(archives, async (storage) => {
      if (missing.some(({ folder }) => isOnBase(folder))) await giveBase(storage);
      for (const image of missing) await make(storage, image);
    });
  return images.map(({ folder, archive, name }) => ({ folder, archive, name }));
};
