/** What each library writes: pure, from its declarations to the bytes of its files. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { kokuProfile, mergeables } from '@cost-onprem/contracts';
import {
  applicationBases,
  contractsBase,
  defaultDeny,
  profileComponent,
  storageComponent,
  type Application,
} from '@cost-onprem/kit';
import { profiles, storages } from '@cost-onprem/profiles';
import { pages } from './documentation/pages.ts';
import { repository } from '../../tools/repository/src/repository.ts';
import { below, folderFiles, type Files } from './folder.ts';
import { profileReadme, storageReadme } from './readmes.ts';

/** A folder or file of the repository that the writer owns whole: what it did not write, it removes. */
export type Outputs = Readonly<Record<string, Files>>;

/** Folders in libs/ that are no applications. */
const notApplications = new Set(['kit', 'contracts', 'profiles']);

/** Names of the application libraries, sorted. */
export const applicationNames = (root = repository): readonly string[] =>
  readdirSync(join(root, 'libs'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !notApplications.has(entry.name))
    .map(({ name }) => name)
    .sort();

/**
 * The declaration that a library exports by default.
 * @throws Error naming the library, if it exports none of its own name
 */
export const loadApplication = async (name: string, root = repository): Promise<Application> => {
  const file = join(root, 'libs', name, 'src/index.ts');
  const { default: declared } = (await import(pathToFileURL(file).href)) as { default?: Application };
  if (declared?.name !== name) {
    throw new Error(`libs/${name}/src/index.ts: must export by default an application named ${name}`);
  }
  return declared;
};

const applicationOutputs = async (name: string): Promise<Outputs> => {
  const bases = applicationBases(await loadApplication(name));
  const files = Object.entries(bases).map(([folder, base]) => below(folder, folderFiles(base, `libs/${name}/src`)));
  return { [`libs/${name}/base`]: Object.assign({}, ...files) as Files };
};

const contractsOutputs = (): Outputs => ({
  'libs/contracts/base': folderFiles(
    contractsBase(mergeables, { 'default-deny.yaml': [defaultDeny()] }),
    'libs/contracts/src',
  ),
});

const profilesOutputs = (): Outputs => ({
  'overlays/profiles': Object.assign(
    {},
    ...profiles.map((profile) =>
      below(profile.name, {
        'README.md': profileReadme(profile),
        ...folderFiles(profileComponent(profile, kokuProfile.name), `libs/profiles/src/${profile.name}.ts`),
      }),
    ),
  ) as Files,
  'overlays/storage': Object.assign(
    {},
    ...storages.map((storage) =>
      below(storage.name, {
        'README.md': storageReadme(storage),
        ...folderFiles(storageComponent(storage), 'libs/profiles/src/storage.ts'),
      }),
    ),
  ) as Files,
});

const documentationOutputs = async (): Promise<Outputs> => ({
  'tools/documentation/pages': pages(await Promise.all(applicationNames().map((name) => loadApplication(name)))),
});

/** Libraries that write something, sorted; `documentation` is written from all of them. */
export const writers = (): readonly string[] =>
  [...applicationNames(), 'contracts', 'documentation', 'profiles'].sort();

/**
 * What one library writes.
 * @throws Error naming the allowed values, for an unknown library
 */
export const outputsOf = async (library: string): Promise<Outputs> => {
  if (library === 'contracts') return contractsOutputs();
  if (library === 'profiles') return profilesOutputs();
  if (library === 'documentation') return documentationOutputs();
  if (applicationNames().includes(library)) return applicationOutputs(library);
  throw new Error(`unknown library ${library}; there are ${writers().join(', ')}`);
};
