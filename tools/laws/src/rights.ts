/** Which accounts may call the API server, and for what. */
import { at, identity, podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import { eachObject, type Law } from './law.ts';

interface Subject {
  readonly kind: string;
  readonly name: string;
}

const subjectsOf = (object: Manifest): readonly Subject[] => (at(object, 'subjects') ?? []) as readonly Subject[];

/** Only an account with rights of its own needs a token; any other token could only be stolen. */
export const tokensWithRights: Law = (objects) => {
  const accounts = new Set(
    objects
      .filter(({ kind }) => kind === 'RoleBinding')
      .flatMap(subjectsOf)
      .map(({ name }) => name),
  );
  return objects.flatMap((object) => {
    const pod = podTemplateOf(object)?.spec;
    if (!pod || pod.automountServiceAccountToken === false || accounts.has(pod.serviceAccountName ?? '')) return [];
    return [{ object: identity(object), sentence: 'mounts a token: set automountServiceAccountToken: false' }];
  });
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
