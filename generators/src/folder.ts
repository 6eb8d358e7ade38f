import type { KustomizeFolder } from '@cost-onprem/kit';
import type { Files } from '../../tools/repository/src/owned-folder.ts';
import { banner, documents, toYaml } from './yaml.ts';

/** The files of a Kustomize folder; `source` is named in their first line. */
export const folderFiles = (
  { kustomization, objects, patches = {}, texts }: KustomizeFolder,
  source: string,
): Files => {
  const resources = Object.keys(objects);
  const { apiVersion, kind, ...rest } = kustomization;
  return {
    'kustomization.yaml':
      banner(source) + toYaml({ apiVersion, kind, ...(resources.length > 0 && { resources }), ...rest }),
    ...Object.fromEntries(
      Object.entries(objects).map(([file, list]) => [file, banner(source) + documents(list)] as const),
    ),
    ...Object.fromEntries(Object.entries(patches).map(([file, patch]) => [file, banner(source) + toYaml(patch)])),
    ...texts,
  };
};

/** The same files, below another folder. */
export const below = (folder: string, files: Files): Files =>
  folder === '.' ? files : Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
