/** Finds the application libraries by their folders in libs/. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sharedSettings } from '@cost-onprem/contracts';
import { settingsOf, type Application, type Mergeable } from '@cost-onprem/kit';
import { repository } from './repository.ts';

/** Names of the application libraries, sorted: the folders of libs/ without a package.json. */
export const applicationNames = (root = repository): readonly string[] =>
  readdirSync(join(root, 'libs'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !existsSync(join(root, 'libs', entry.name, 'package.json')))
    .map(({ name }) => name)
    .sort();

/** File and line of the first place in libs/ in an error's stack, as a path of the repository. */
const placeOf = ({ stack = '' }: Error, root: string): string | undefined => {
  const [, , after = ''] = stack.split(new RegExp(`(${RegExp.escape(root)}/)(?=libs/)`));
  const [, file, line] = /^(libs\/[^\s:?]+)(?:\?[^\s:]*)?:(\d+)/.exec(after) ?? [];
  return file && `${file}:${line}`;
};

/**
 * Imports the declaration that a library exports by default.
 * @throws Error naming the file, the line if there is one, and the expected export
 */
export const loadApplication = async (name: string, root = repository): Promise<Application> => {
  const index = `libs/${name}/src/index.ts`;
  const loaded = import(pathToFileURL(join(root, index)).href) as Promise<{ default?: Application }>;
  const { default: declared } = await loaded.catch((error: Error) => {
    throw new Error(`${placeOf(error, root) ?? index}: cannot be loaded: ${error.message}`, { cause: error });
  });
  if (declared?.name !== name) {
    const found = declared ? `one named ${declared.name}` : 'nothing';
    throw new Error(`${index}: exports ${found} by default; it must be an application named ${name}, as its folder`);
  }
  return declared;
};

/** All application libraries, sorted by name. */
export const loadApplications = (root = repository): Promise<readonly Application[]> =>
  Promise.all(applicationNames(root).map((name) => loadApplication(name, root)));

/** The ConfigMaps that a cluster may merge into, the shared ones and those of applications, sorted by name. */
export const mergeablesOf = (applications: readonly Application[]): readonly Mergeable[] =>
  [...sharedSettings, ...applications.flatMap(settingsOf)].toSorted((one, other) => (one.name < other.name ? -1 : 1));
