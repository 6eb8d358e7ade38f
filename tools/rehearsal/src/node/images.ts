/** Images for the real node: its own pods’, and stand-ins for those that a cluster pins. */
import { join } from 'node:path';
import { containersOf, podTemplateOf, type Manifest } from '../../../manifests/src/manifest.ts';
import { buildPrograms } from '../go-tools.ts';
import { buildImages, standInFor } from '../images/index.ts';
import { imageFolders } from '../images/recipes.ts';
import { coreDns, localPathProvisioner, redisExporter, versityGateway } from '../modules.ts';
import { pauseImage } from './configuration.ts';
import { importImage } from './node.ts';

/** What the node's own manifests and containerd call their images. */
const own: Readonly<Record<string, string>> = {
  pause: pauseImage,
  coredns: 'localhost/stand-in/coredns:1',
  'local-path-provisioner': 'localhost/stand-in/local-path-provisioner:1',
};

/** Modules whose one program is an image by itself; both are named for the folder. */
const programs = [coreDns, localPathProvisioner, redisExporter, versityGateway];

const built = async (folders: readonly string[]) =>
  buildImages(folders, {
    programs: Object.fromEntries(
      await Promise.all(
        programs.map(async (module) => [module.folder, join(await buildPrograms(module), module.folder)] as const),
      ),
    ),
  });

const give = async (first: number, names: Readonly<Record<string, readonly string[]>>): Promise<void> => {
  for (const { folder, archive, name } of await built(Object.keys(names)))
    importImage(first, archive, name, names[folder] ?? []);
};

/** Imports the images of the node's own pods. */
export const giveNodeImages = (first: number): Promise<void> =>
  give(first, Object.fromEntries(Object.entries(own).map(([folder, name]) => [folder, [name]])));

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

/** Images by the folders of their stand-ins. */
const byFolder = (images: readonly string[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(Object.groupBy(images, standInFor)).map(([folder, names]) => [folder, names ?? []]),
  );

/** Builds every image that this machine does not have yet. */
export const buildAllImages = async (): Promise<void> => {
  await built(imageFolders);
};

/** Imports the stand-ins of images, under the names that clusters pin. */
export const giveClusterImages = (first: number, images: readonly string[]): Promise<void> =>
  give(first, byFolder([...new Set(images)]));
