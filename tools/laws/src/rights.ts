/** Who may ask the API server for anything, and for what. */
import { at, identity, podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import { eachObject, type Law } from './law.ts';

interface Subject {
  readonly kind: string;
  readonly name: string;
}

const subjectsOf = (object: Manifest): readonly Subject[] => (at(object, 'subjects') ?? []) as readonly Subject[];

/** A token is for who has rights of its own; to anybody else it is only something to steal. */
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

/** Nothing of the platform needs more of the API server than to make Secrets, which gives no way to read one. */
export const fewRights = eachObject((object) => {
  switch (object.kind) {
    case 'Role': {
      const rules = (at(object, 'rules') ?? []) as readonly Rule[];
      return rules.every(isCreation) ? [] : ['allows more than to create Secrets, which is all that anybody needs'];
    }
    case 'RoleBinding':
      return at(object, 'roleRef', 'kind') === 'Role'
        ? []
        : ['binds a Role of the whole cluster: bind one of this one'];
    case 'ClusterRole':
    case 'ClusterRoleBinding':
      return ['gives rights in the whole cluster, which nobody needs'];
    default:
      return [];
  }
});
