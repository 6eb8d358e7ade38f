/** The rights that overlays/argo-cd/target gives to Argo CD: what the AppProject admits, and no more. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { schemaFaults } from '../../tools/clusters/src/kubeconform.ts';
import { at, parseManifests } from '../../tools/manifests/src/manifest.ts';
import { repository } from '../../tools/repository/src/repository.ts';
import { targetAccess } from '../src/target-access.ts';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const yaml = targetAccess(repository)['access.yaml'] ?? '';
const objects = parseManifests(yaml);
const rulesOf = (kind: string): readonly Rule[] =>
  objects.filter((object) => object.kind === kind).flatMap((object) => (at(object, 'rules') ?? []) as readonly Rule[]);
const changes = ({ verbs }: Rule): boolean => verbs.some((verb) => !['get', 'list', 'watch'].includes(verb));

test('it is valid', async () => {
  expect(await schemaFaults(yaml)).toEqual([]);
});

test('in our namespace, it may change one resource for each kind that the AppProject admits', () => {
  const project = load(readFileSync(join(repository, 'overlays/argo-cd/app-project.yaml'), 'utf8'));
  const admitted = at(project, 'spec', 'namespaceResourceWhitelist') as readonly { group: string; kind: string }[];
  const groups = rulesOf('Role')
    .filter((rule) => rule.verbs.includes('create'))
    .map(({ apiGroups, resources }) => [apiGroups[0], resources.length] as const);
  expect(Object.fromEntries(groups)).toEqual(
    Object.fromEntries(admitted.map(({ group }) => [group, admitted.filter((other) => other.group === group).length])),
  );
  const resources = rulesOf('Role').flatMap((rule) => rule.resources);
  for (const { kind } of admitted)
    expect(resources.some((resource) => resource.startsWith(kind.toLowerCase().replace(/y$/, '')))).toBe(true);
});

test('in the whole cluster, it may change nothing but our Namespace', () => {
  const changing = rulesOf('ClusterRole').filter(changes);
  expect(changing).toEqual([
    { apiGroups: [''], resources: ['namespaces'], verbs: ['patch', 'update'], resourceNames: ['cost-onprem'] },
  ]);
});

test('it has no wildcard, and reads no Secret', () => {
  const words = [...rulesOf('Role'), ...rulesOf('ClusterRole')].flatMap((rule) => [
    ...rule.apiGroups,
    ...rule.resources,
    ...rule.verbs,
  ]);
  expect(words).not.toContain('*');
  expect(words).not.toContain('secrets');
});
