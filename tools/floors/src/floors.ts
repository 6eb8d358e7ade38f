/** The order of the folders with TypeScript. Each imports from lower floors only. */

/** Folders that do not import each other, and what they have in common. */
export interface Floor {
  /** The name of the floor in faults and in the picture. */
  readonly name: string;
  /** Paths from the root of the repository. `*` stands for one name; a path without it has priority. */
  readonly folders: readonly string[];
  readonly purpose: string;
}

/** From the lowest floor to the highest. A new folder gets a place above every folder that it imports. */
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
    purpose: 'one subject each: alerts, pages, objects, changes, the graph of projects',
  },
  {
    name: 'clusters',
    folders: ['tools/clusters'],
    purpose: 'from a cluster’s folder to checked objects',
  },
  {
    name: 'schemas and Secrets',
    folders: ['tools/schemas', 'tools/secrets'],
    purpose: 'the schemas that validate a cluster, and commands that change its Secrets',
  },
  {
    name: 'writers and reports',
    folders: ['generators', 'tools/upstream-facts'],
    purpose: 'generated files, new clusters and applications; facts about Koku',
  },
  {
    name: 'smoke test',
    folders: ['tools/smoke'],
    purpose: 'one upload through the public address of a running cluster, to cost and recommendations',
  },
  {
    name: 'commands',
    folders: ['tools/bench', 'tools/init', 'tools/rehearsal', 'tools/start'],
    purpose: 'commands and tests that use all lower floors',
  },
  {
    name: 'fuzzer',
    folders: ['tools/fuzz'],
    purpose: 'random clusters, judged by the checks and by a real API server',
  },
  {
    name: 'rehearsals',
    folders: ['libs/*/rehearsal'],
    purpose: 'what applications bring to rehearsals: checks, and work during chaos',
  },
];

/**
 * Folders with an order of their subfolders, from the lowest to the highest. A folder outside imports only a subfolder's
 * index.ts. Files beside the subfolders are above them.
 */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  'tools/rehearsal/src': ['kubernetes', 'images', 'argo-cd', 'external-servers', 'checks', 'chaos'],
};

/** Files that import modules which they find by folder. Such an import names no folder, so no rule applies to it. */
export const discoveries: readonly string[] = [
  'tools/repository/src/applications.ts',
  'tools/rehearsal/src/checks/find.ts',
];
