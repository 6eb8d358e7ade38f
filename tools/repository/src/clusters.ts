/**
 * What a cluster is: a folder directly in clusters/, with a kustomization.yaml and a name that Argo CD, Nx and a shell
 * accept. The tools and the Nx plugin ask here. The ApplicationSet's globs match every folder of clusters/, so whatever is no
 * cluster is refused by its name instead of left out.
 */
import { existsSync, lstatSync, readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { fixedPlaces, type Place } from './places.ts';
import { repository } from './repository.ts';

/** The name of a cluster's file. Kustomize accepts two more, which no tool of this repository reads. */
const clusterFile = 'kustomization.yaml';

const otherNames: ReadonlySet<string> = new Set(['kustomization.yml', 'Kustomization']);

/** The ApplicationSet puts it before a cluster's name to name the Application. */
export const applicationPrefix = 'cost-onprem-';

/** Characters of an Application's name (tools/documentation/facts/argo-cd.md#length-of-an-applications-name). */
const longestApplication = 63;

const longest = longestApplication - applicationPrefix.length;

/** A DNS label without its limit. None of it means anything to a shell, and no name looks like an option. */
const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

const wrongLetters = 'is not a valid name: use a-z, 0-9 and -, with no - at either end';

/** With and without scope: two projects of one name break every Nx command, and people call `@cost-onprem/koku` `koku`. */
const namesOf = ({ name }: Place): readonly string[] => [name, name.replace(/^@.*\//, '')];

/**
 * Why a cluster cannot have this name, as the rest of a sentence; undefined if it can.
 * @param places projects of Nx that it must differ from
 */
export const nameFault = (name: string, places: readonly Place[] = []): string | undefined => {
  if (!label.test(name)) return wrongLetters;
  if (name.length > longest)
    return `has a name of ${name.length} characters; use up to ${longest}, because its Application is called ${applicationPrefix}<name> and may have ${longestApplication}`;
  const other = places.find((place) => namesOf(place).includes(name));
  return other && `has the name of the Nx project ${other.name} (${other.root})`;
};

const entriesOf = (root: string, folder: string): readonly Dirent[] =>
  existsSync(join(root, folder)) ? readdirSync(join(root, folder), { withFileTypes: true }) : [];

/** Folders and links below clusters/: a link to a folder is no folder. */
const candidates = (root: string): readonly string[] =>
  entriesOf(root, 'clusters')
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => name)
    .toSorted();

/** Why a folder without kustomization.yaml is no cluster, and the way out. */
const withoutFile = (folder: string, root: string, entries: readonly Dirent[]): string => {
  const other = entries.find(({ name }) => otherNames.has(name));
  if (other) return `has ${other.name}; rename it to ${clusterFile}`;
  const nested = entries.find(
    (entry) => entry.isDirectory() && existsSync(join(root, folder, entry.name, clusterFile)),
  );
  const name = folder.replace('clusters/', '');
  if (nested)
    return `has no ${clusterFile}, but its folder ${nested.name} has; a cluster is a folder directly in clusters/: move ${folder}/${nested.name} to clusters/${name}-${nested.name}`;
  return `${entries.length === 0 ? 'is empty' : `has no ${clusterFile}`}; every folder of clusters/ is a cluster: add ${clusterFile}, or move the folder elsewhere (what clusters share is an option in overlays/options)`;
};

/** Files that would change what Nx does with a cluster. */
const configuresNx: ReadonlySet<string> = new Set(['project.json', 'package.json']);

/** Why the files of a cluster's folder are not those of a cluster. */
const fileFault = (folder: string, root: string): string | undefined => {
  const entries = entriesOf(root, folder);
  if (!entries.some(({ name }) => name === clusterFile)) return withoutFile(folder, root, entries);
  const all = readdirSync(join(root, folder), { withFileTypes: true, recursive: true });
  const link = all.find((entry) => entry.isSymbolicLink());
  if (link)
    return `has the link ${link.name}; put the file itself there, because Argo CD and the cache of Nx do not follow links`;
  const second = entries.find(({ name }) => otherNames.has(name));
  if (second) return `has both ${clusterFile} and ${second.name}; remove ${second.name}`;
  if (!entries.some((entry) => entry.name === clusterFile && entry.isFile()))
    return `has a ${clusterFile} that is no file`;
  const nx = all.find(({ name }) => configuresNx.has(name));
  return nx && `has ${nx.name}, which would replace the checks of this cluster in Nx; remove it`;
};

const faultOf = (name: string, places: readonly Place[], root: string): string | undefined => {
  const folder = `clusters/${name}`;
  const wrong = nameFault(name, places);
  if (wrong) return `${JSON.stringify(folder).slice(1, -1)}: ${wrong}; rename the folder`;
  if (lstatSync(join(root, folder)).isSymbolicLink())
    return `${folder}: is a link, which Argo CD does not follow; put the cluster’s folder itself there`;
  const files = fileFault(folder, root);
  return files && `${folder}: ${files}`;
};

/** Names of all clusters of a repository, sorted. */
export const clusterNames = (root = repository): readonly string[] => {
  const places = [...fixedPlaces(root).values()];
  return candidates(root).filter((name) => faultOf(name, places, root) === undefined);
};

/** Why an existing path of clusters/ is no cluster, as a sentence with the way out; undefined if it is one. */
export const clusterFault = (path: string, root = repository): string | undefined => {
  const [name = '', ...rest] = path.split('/');
  const fault = faultOf(name, [...fixedPlaces(root).values()], root);
  return fault ?? (rest.length > 0 ? `clusters/${path}: a cluster is a folder directly in clusters/` : undefined);
};

/** Names that no cluster can have, because a project of Nx has them, with and without scope. */
export const projectNames = (root = repository): readonly string[] => [...fixedPlaces(root).values()].flatMap(namesOf);

/** Folders with a name that does not fit, or with the same name in Nx as another. */
const placeFaults = (places: readonly Place[]): readonly string[] =>
  places.flatMap(({ name, root }, index) => {
    const wrong = root.split('/').some((part) => root !== '.' && !label.test(part));
    if (wrong) return [`${JSON.stringify(root).slice(1, -1)}: ${wrongLetters}; rename the folder`];
    const twin = places.slice(0, index).find((other) => other.name === name);
    return twin ? [`${root}: is the project ${name} in Nx, as ${twin.root} is; rename one of the folders`] : [];
  });

/**
 * Checks the names and places of all folders that are projects of Nx.
 * @throws Error naming everything in clusters/ that is no cluster, and every folder of libs/, overlays/ and tools/ whose name
 *   cannot be a project's, one per line with the way out. Names of projects reach a shell, so there must be none before this.
 */
export const checkFolders = (root = repository): void => {
  const places = [...fixedPlaces(root).values()];
  const faults = [...placeFaults(places), ...candidates(root).flatMap((name) => faultOf(name, places, root) ?? [])];
  if (faults.length > 0) throw new Error(faults.join('\n'));
};
