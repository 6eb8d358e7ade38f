/** What Argo CD may do in a cluster that it deploys to, derived from the kinds that its AppProject admits. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { namespace } from '@cost-onprem/contracts';
import { resourceOf } from '../../tools/schemas/src/definitions.ts';
import type { Files } from '../../tools/repository/src/owned-folder.ts';
import { banner, toYaml } from './yaml.ts';

interface AdmittedKind {
  readonly group: string;
  readonly kind: string;
}

interface Project {
  readonly spec: { readonly namespaceResourceWhitelist: readonly AdmittedKind[] };
}

/** A namespace of its own, so that no pod of ours can use the token. */
const home = `${namespace}-argo-cd`;
const name = 'argo-cd';

const read = ['get', 'list', 'watch'];
const write = ['create', 'patch', 'update', 'delete'];

/** One rule for each group, in the order of the project's list. */
const rulesOf = (kinds: readonly AdmittedKind[]): readonly object[] =>
  [...new Set(kinds.map(({ group }) => group))].map((group) => ({
    apiGroups: [group],
    resources: kinds.filter((each) => each.group === group).map(({ kind }) => resourceOf(kind)),
    verbs: [...read, ...write],
  }));

const subjects = [{ kind: 'ServiceAccount', name, namespace: home }];
const rbac = 'rbac.authorization.k8s.io';
const apiVersion = `${rbac}/v1`;

/** The objects that an administrator of the target applies once. */
const accessObjects = (kinds: readonly AdmittedKind[]): readonly object[] => [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: home } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: home } },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'argo-cd-token', namespace: home, annotations: { 'kubernetes.io/service-account.name': name } },
    type: 'kubernetes.io/service-account-token',
  },
  {
    apiVersion,
    kind: 'Role',
    metadata: { name, namespace },
    rules: [
      ...rulesOf(kinds),
      // Argo CD gives our accounts rights that it does not have itself.
      { apiGroups: [rbac], resources: ['roles'], verbs: ['escalate', 'bind'] },
      // For the health and the tree of what it deploys.
      { apiGroups: [''], resources: ['pods', 'pods/log', 'events', 'endpoints'], verbs: read },
      { apiGroups: ['apps'], resources: ['replicasets', 'controllerrevisions'], verbs: read },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: read },
    ],
  },
  {
    apiVersion,
    kind: 'RoleBinding',
    metadata: { name, namespace },
    roleRef: { apiGroup: rbac, kind: 'Role', name },
    subjects,
  },
  {
    apiVersion,
    kind: 'ClusterRole',
    metadata: { name: home },
    rules: [
      { apiGroups: [''], resources: ['namespaces'], verbs: read },
      { apiGroups: [''], resources: ['namespaces'], verbs: ['patch', 'update'], resourceNames: [namespace] },
    ],
  },
  {
    apiVersion,
    kind: 'ClusterRoleBinding',
    metadata: { name: home },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: home },
    subjects,
  },
];

/** The folder `overlays/argo-cd/target`, by file. */
export const targetAccess = (root: string): Files => {
  const project = load(readFileSync(join(root, 'overlays/argo-cd/app-project.yaml'), 'utf8')) as Project;
  const objects = accessObjects(project.spec.namespaceResourceWhitelist);
  return { 'access.yaml': banner('overlays/argo-cd/app-project.yaml') + objects.map(toYaml).join('---\n') };
};
