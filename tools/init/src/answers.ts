/** The answers that `npm run init` needs: their flags, their defaults, and which are missing. */
import { execFileSync } from 'node:child_process';
import type { ArgsDef } from 'citty';
import { choices, type ChoiceArgument } from '../../clusters/src/layers.ts';
import { isPlaceholder, placeholderNamespace, type Fork } from '../../repository/src/argo-cd.ts';
import { addressFault, namespaceFault, revisionFault } from './address.ts';

/** Answers about the fork and its first cluster. An absent one is asked for on a terminal, or has a default. */
export interface Answers extends Readonly<Partial<Record<ChoiceArgument, string>>> {
  readonly repository?: string;
  readonly revision?: string;
  readonly argoCdNamespace?: string;
  readonly cluster?: string;
  readonly host?: string;
  readonly options?: string;
  readonly settings?: string;
  readonly keepExamples?: boolean;
}

/** Common namespaces of Argo CD; a person may give another. */
export const usualNamespaces = {
  argocd: 'Argo CD’s own manifests and charts',
  'openshift-gitops': 'OpenShift GitOps, its default instance',
  openshift: 'OpenShift, an instance that somebody put there',
} as const;

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const text = (description: string) => ({ type: 'string', description }) as const;

/** The name of a choice's flag. */
export const flagOf = (argument: ChoiceArgument): string => kebab(argument);

/** All flags, by name. */
export const flags: ArgsDef = {
  repository: text('Address of your fork, https or ssh, without credentials. Default: the remote origin.'),
  revision: text('Branch, tag or commit that Argo CD follows. Default: main.'),
  'argo-cd-namespace': text(`Namespace of Argo CD: ${Object.keys(usualNamespaces).join(', ')}, or another.`),
  cluster: text('Name of the first cluster, as Argo CD has it.'),
  host: text('Public host name of the first cluster, such as cost.apps.example.com.'),
  ...Object.fromEntries(
    choices.map(({ argument, folder, standard }) => [
      flagOf(argument),
      text(`A folder of overlays/${folder}.${standard === undefined ? '' : ` Default: ${standard}.`}`),
    ]),
  ),
  options: text('Folders of overlays/options, with commas between them.'),
  settings: text('Settings that a choice demands: <ConfigMap>.<key>=<value>, with commas between them, or repeated.'),
  'keep-examples': { type: 'boolean', default: false, description: 'Leave clusters/example-* where they are.' },
  'dry-run': { type: 'boolean', default: false, description: 'Print what would change, and change nothing.' },
};

/** The value of the remote `origin`, if it is an address that Argo CD could follow. */
export const originOf = (root: string): string | undefined => {
  try {
    const address = execFileSync('git', ['remote', 'get-url', 'origin'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    return addressFault(address) === undefined ? address : undefined;
  } catch {
    return undefined;
  }
};

/** The answers that the repository gives itself, from a run before or from its remote. */
export const known = (fork: Fork, origin: string | undefined): Answers => {
  const repository = isPlaceholder(fork.url) ? origin : fork.url;
  return {
    ...(repository !== undefined && { repository }),
    revision: fork.revision,
    ...(fork.namespace !== placeholderNamespace && { argoCdNamespace: fork.namespace }),
  };
};

/** Flags without which nothing can be written, in the order of the questions. */
export const missing = (answers: Answers, hasClusters: boolean): readonly string[] => {
  const wantsCluster = !hasClusters || answers.cluster !== undefined;
  const needed: readonly (readonly [string, string | undefined])[] = [
    ['repository', answers.repository],
    ['argo-cd-namespace', answers.argoCdNamespace],
    ...(wantsCluster
      ? ([
          ['cluster', answers.cluster],
          ['host', answers.host],
          ...choices
            .filter(({ standard }) => standard === undefined)
            .map(({ argument }) => [flagOf(argument), answers[argument]] as const),
        ] as const)
      : []),
  ];
  return needed.flatMap(([flag, value]) => (value === undefined || value === '' ? [flag] : []));
};

/** Sentences about answers that cannot be right; those about the cluster come from the cluster generator. */
export const faultsOf = ({ repository, revision, argoCdNamespace }: Answers): readonly string[] =>
  [
    repository === undefined ? undefined : addressFault(repository),
    revision === undefined ? undefined : revisionFault(revision),
    argoCdNamespace === undefined ? undefined : namespaceFault(argoCdNamespace),
  ].filter((fault) => fault !== undefined);
