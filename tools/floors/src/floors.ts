/** The order of the folders with TypeScript: each imports from the floors below its own, and from nothing else. */

/** Folders that do not import each other, and what they have in common. */
export interface Floor {
  /** What a fault and the picture call it. */
  readonly name: string;
  /** Paths from the root of the repository. `*` stands for one name; a path without it is looked for first. */
  readonly folders: readonly string[];
  readonly purpose: string;
}

/** From the lowest floor to the highest. A new folder gets a place above all that it imports. */
export const floors: readonly Floor[] = [
  {
    name: 'vocabulary',
    folders: ['libs/kit'],
    purpose: 'what a declaration can say, and what follows from it',
  },
  {
    name: 'contracts',
    folders: ['libs/contracts'],
    purpose: 'what two applications agree on',
  },
  {
    name: 'declarations',
    folders: ['libs/*'],
    purpose: 'applications and profiles; none imports another',
  },
  {
    name: 'repository',
    folders: ['tools/repository'],
    purpose: 'its root, its applications, its generated folders; how a command fails',
  },
  {
    name: 'programs and copies',
    folders: ['tools/binaries', 'tools/floors', 'tools/scratch'],
    purpose: 'pinned programs, copies of the repository, and this picture',
  },
  {
    name: 'manifests',
    folders: ['tools/manifests'],
    purpose: 'rendered Kubernetes objects',
  },
  {
    name: 'single checks',
    folders: ['tools/alerts', 'tools/documentation', 'tools/laws', 'tools/live-changes', 'tools/nx-plugin'],
    purpose: 'each of one thing: alerts, pages, objects, changes, the graph of projects',
  },
  {
    name: 'clusters',
    folders: ['tools/clusters'],
    purpose: 'from a cluster’s folder to checked objects',
  },
  {
    name: 'schemas and Secrets',
    folders: ['tools/schemas', 'tools/secrets'],
    purpose: 'what a cluster is validated against, and how its Secrets are changed',
  },
  {
    name: 'writers and reports',
    folders: ['generators', 'tools/upstream-facts'],
    purpose: 'generated files, new clusters and applications; facts about Koku',
  },
  {
    name: 'commands',
    folders: ['tools/bench', 'tools/rehearsal', 'tools/start'],
    purpose: 'they use all the rest',
  },
  {
    name: 'rehearsals',
    folders: ['libs/*/rehearsal'],
    purpose: 'what applications bring to rehearsals: checks, and work during chaos',
  },
];

/**
 * Folders whose subfolders are rooms: each has an index.ts, its door, and whatever is outside imports the door alone.
 * The rooms of a folder stand in the order of their floors, the lowest first; files beside the rooms are above them.
 */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  'tools/rehearsal/src': ['kubernetes', 'images', 'argo-cd', 'external-servers', 'checks', 'chaos'],
};

/** Files that import modules which they find by folder: such an import is no arrow, because it names no folder. */
export const discoveries: readonly string[] = [
  'tools/repository/src/applications.ts',
  'tools/rehearsal/src/checks/find.ts',
];
