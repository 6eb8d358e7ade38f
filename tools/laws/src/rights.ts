/** Which accounts may call the API server, and for what. */
import { namespace } from '@cost-onprem/contracts';
import { at, identity, podTemplateOf, type Manifest, type PodSpec } from '../../manifests/src/manifest.ts';
import { eachObject, type Law } from './law.ts';

interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

const subjectsOf = (object: Manifest): readonly Subject[] => (at(object, 'subjects') ?? []) as readonly Subject[];

/** Whether a pod gets a token: by its account's default, or as a file of a volume. */
const mountsToken = ({ automountServiceAccountToken, volumes = [] }: PodSpec): boolean =>
  automountServiceAccountToken !== false ||
  volumes.some(({ projected }) =>
    projected?.sources?.some((source) => at(source, 'serviceAccountToken') !== undefined),
  );

/** Only an account with rights of its own needs a token; any other token could only be stolen. */
export const tokensWithRights: Law = (objects, { accountsOfBases }) => {
  const bound = new Set(
    objects
      .filter(({ kind }) => kind === 'RoleBinding')
      .flatMap(subjectsOf)
      .map(({ name }) => name),
  );
  return objects.flatMap((object) => {
    const pod = podTemplateOf(object)?.spec;
    const name = identity(object);
    const account = pod?.serviceAccountName ?? 'default';
    if (!pod) return [];
    if (account !== 'default' && account !== object.metadata.name) {
      return [{ object: name, sentence: `runs as ${account}, the account of another application: use its own` }];
    }
    if (!mountsToken(pod)) return [];
    if (!bound.has(account)) {
      const sentence =
        pod.automountServiceAccountToken === false
          ? 'mounts a token by a volume: remove serviceAccountToken'
          : 'mounts a token: set automountServiceAccountToken: false';
      return [{ object: name, sentence }];
    }
    return accountsOfBases().has(account)
      ? []
      : [{ object: name, sentence: `mounts a token of ${account}, an account that no base of libs/ creates` }];
  });
};

const subjectFaults = (binding: Manifest, accounts: ReadonlySet<string>): readonly string[] =>
  subjectsOf(binding)
    .filter(
      (subject) =>
        subject.kind !== 'ServiceAccount' ||
        (subject.namespace ?? namespace) !== namespace ||
        !accounts.has(subject.name),
    )
    .map(
      (subject) =>
        `gives rights to ${subject.kind}/${subject.name}${subject.namespace && subject.namespace !== namespace ? ` of ${subject.namespace}` : ''}: only ServiceAccounts of this cluster may have any`,
    );

/** Rights are for our own accounts alone. */
export const boundToOwn: Law = (objects) => {
  const accounts = new Set(
    objects.filter(({ kind }) => kind === 'ServiceAccount').map(({ metadata }) => metadata.name),
  );
  return objects
    .filter(({ kind }) => kind === 'RoleBinding')
    .flatMap((binding) =>
      subjectFaults(binding, accounts).map((sentence) => ({ object: identity(binding), sentence })),
    );
};

interface Rule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly verbs?: readonly string[];
}

const isCreation = ({ apiGroups = [], resources = [], verbs = [] }: Rule): boolean =>
  apiGroups.every((group) => group === '') &&
  resources.every((resource) => resource === 'secrets') &&
  verbs.every((verb) => verb === 'create');

/** The platform needs no more of the API server than to create Secrets, which allows no reading. */
export const fewRights = eachObject((object) => {
  switch (object.kind) {
    case 'Role': {
      const rules = (at(object, 'rules') ?? []) as readonly Rule[];
      return rules.every(isCreation)
        ? []
        : ['allows more than creating Secrets, the only right that the platform needs'];
    }
    case 'RoleBinding':
      return at(object, 'roleRef', 'kind') === 'Role'
        ? []
        : ['binds a ClusterRole: bind a Role of this cluster’s namespace'];
    default:
      return [];
  }
});
