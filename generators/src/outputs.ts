/** What the generator writes for each library: pure functions from its declarations to the text of its files. */
import {
  databases,
  maxConnections,
  nodePoolKinds,
  runbookPath,
  serversOf,
  sharedSettings,
  workloadNames,
} from '@cost-onprem/contracts';
import {
  applicationBases,
  contractsBase,
  defaultDeny,
  profileComponent,
  settingsOf,
  storageComponent,
  workloadsOf,
  type Application,
  type Workload,
} from '@cost-onprem/kit';
import { profiles, storages, type PlatformProfile } from '@cost-onprem/profiles';
import { clusterSchema } from '../cluster/schema.ts';
import { editorSchema } from '../../tools/clusters/src/editor-schema.ts';
import { readOverlays } from '../../tools/clusters/src/overlays.ts';
import { pages } from './documentation/pages.ts';
import { runbookPage } from './documentation/runbook.ts';
import {
  applicationNames,
  loadApplication,
  loadApplications,
  mergeablesOf,
} from '../../tools/repository/src/applications.ts';
import type { Files } from '../../tools/repository/src/owned-folder.ts';
import { repository } from '../../tools/repository/src/repository.ts';
import { below, folderFiles } from './folder.ts';
import { connectionFaults, overlayNames, overlayType, settingFaults } from './overlays.ts';
import { profileReadme, storageReadme } from './readmes.ts';
import { rowFaults } from './rows.ts';
import { targetAccess } from './target-access.ts';
import { variableFaults } from './variables.ts';

/** Files by folder, whose other files the writer removes; or the text of a single file. */
export type Outputs = Readonly<Record<string, Files | string>>;

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

const refuse = (faults: readonly string[]): void => {
  if (faults.length > 0) throw new Error(faults.join('\n'));
};

/** What is wrong with an application's declarations that the compiler would find, but `npm start` runs without it. */
const declarationFaults = (application: Application): readonly string[] => [
  ...variableFaults(application, repository),
  ...connectionFaults(application, repository),
  ...settingFaults(settingsOf(application), application.name, repository),
];

/** @throws Error with all that is wrong with the declarations, one a line */
const applicationOutputs = async (name: string): Promise<Outputs> => {
  const application = await loadApplication(name);
  refuse(declarationFaults(application));
  const bases = applicationBases(application, await loadApplications());
  const files = Object.entries(bases).map(([folder, base]) => below(folder, folderFiles(base, `libs/${name}/src`)));
  return { [`libs/${name}/base`]: Object.assign({}, ...files) as Files };
};

/** @throws Error with all that is wrong with the overlays that settings name, one a line */
const contractsOutputs = (): Outputs => {
  refuse(settingFaults(sharedSettings, 'contracts', repository));
  return {
    'libs/contracts/base': folderFiles(
      contractsBase(sharedSettings, { 'default-deny.yaml': [defaultDeny()] }),
      'libs/contracts/src',
    ),
  };
};

const kitOutputs = (): Outputs => ({ 'libs/kit/src/generated': overlayType(overlayNames(repository)) });

/** A replica allows as many as its primary, or it would stop following it. */
const connectionVariables = (connections: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    databases.flatMap((database) =>
      serversOf([database]).map(({ name }) => [
        name,
        { [maxConnections.variable]: String(connections[database.name]) },
      ]),
    ),
  );

const profileFiles = (profile: PlatformProfile, workloads: readonly Workload[]): Files =>
  below(profile.name, {
    'README.md': profileReadme(profile, workloads),
    ...folderFiles(
      profileComponent(profile, workloads, nodePoolKinds, connectionVariables(profile.connections)),
      `libs/profiles/src/${profile.name}.ts`,
    ),
  });

/** A profile is written with the declarations of what it gives a size: they know the containers, and what these write. */
const profilesOutputs = (workloads: readonly Workload[]): Outputs => {
  refuse(rowFaults(profiles, workloads, repository));
  return {
    'overlays/profiles': Object.assign({}, ...profiles.map((profile) => profileFiles(profile, workloads))) as Files,
    'overlays/storage': Object.assign(
      {},
      ...storages.map((storage) =>
        below(storage.name, {
          'README.md': storageReadme(storage),
          ...folderFiles(storageComponent(storage, nodePoolKinds), 'libs/profiles/src/storage.ts'),
        }),
      ),
    ) as Files,
  };
};

/** What editors know of a cluster's file: the names in it come from all overlays and applications. */
const editorOutputs = (applications: readonly Application[]): Outputs => ({
  'clusters/kustomization.schema.json': json(
    editorSchema({
      overlays: readOverlays(repository),
      configMaps: mergeablesOf(applications).map(({ name }) => name),
      workloads: workloadNames,
    }),
  ),
});

/** Nx keeps what libraries wrote while only an overlay changes, so this one looks at all declarations again. */
const documentationOutputs = async (): Promise<Outputs> => {
  const applications = await loadApplications();
  refuse(applications.flatMap(declarationFaults));
  return {
    'tools/documentation/pages': pages(applications),
    [runbookPath]: runbookPage(applications),
    ...editorOutputs(applications),
    'overlays/argo-cd/target': targetAccess(repository),
  };
};

const generatorsOutputs = (): Outputs => ({
  'generators/schemas': { 'cluster.json': json(clusterSchema()) },
});

/**
 * Libraries that have generated files, sorted. `documentation` and `profiles` are derived from all applications, `generators`
 * from the layers of a cluster, and `kit` from the folders of overlays/.
 */
export const writers = (): readonly string[] =>
  [...applicationNames(), 'contracts', 'documentation', 'generators', 'kit', 'profiles'].sort();

/**
 * The generated files of one library.
 * @throws Error naming the allowed values, for an unknown library
 */
export const outputsOf = async (library: string): Promise<Outputs> => {
  if (library === 'contracts') return contractsOutputs();
  if (library === 'kit') return kitOutputs();
  if (library === 'profiles') return profilesOutputs((await loadApplications()).flatMap(workloadsOf));
  if (library === 'documentation') return documentationOutputs();
  if (library === 'generators') return generatorsOutputs();
  if (applicationNames().includes(library)) return applicationOutputs(library);
  throw new Error(`unknown library ${library}; the libraries are ${writers().join(', ')}`);
};
