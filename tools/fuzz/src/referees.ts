/** Referees that know nothing of our laws: the AppProject, and a real API server with PodSecurity. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { namespace } from '@cost-onprem/contracts';
import { load } from 'js-yaml';
import { at, groupOf, identity, type Manifest } from '../../manifests/src/manifest.ts';
import type { Kubectl } from '../../rehearsal/src/kubernetes/index.ts';

type Listed = readonly { readonly group: string; readonly kind: string }[];

/** What Argo CD would refuse because of the AppProject. */
export const refusedByProject = (root: string, objects: readonly Manifest[]): readonly string[] => {
  const project = load(readFileSync(join(root, 'overlays/argo-cd/app-project.yaml'), 'utf8'));
  const listed = (list: string, object: Manifest): boolean =>
    (at(project, 'spec', list) as Listed).some(
      ({ group, kind }) => group === groupOf(object.apiVersion) && kind === object.kind,
    );
  return objects.flatMap((object) => {
    if (listed('clusterResourceWhitelist', object)) return [];
    if (!listed('namespaceResourceWhitelist', object)) return [`the AppProject does not list ${identity(object)}`];
    const place = object.metadata.namespace ?? namespace;
    return place === namespace ? [] : [`${identity(object)} is in ${place}`];
  });
};

/** Groups that an API server has without definitions of custom kinds. */
const builtIn = new Set([
  '',
  'apps',
  'autoscaling',
  'batch',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
]);

/** Makes the namespace as our platforms label it, so that the server warns of templates too. */
export const prepareServer = async (kubectl: Kubectl): Promise<void> => {
  const labels = Object.fromEntries(
    ['enforce', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']),
  );
  await kubectl.run(
    ['apply', '--server-side', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } }),
  );
};

/** What a real API server refuses, or warns of because its pods would be refused. */
export const refusedByServer = async (kubectl: Kubectl, objects: readonly Manifest[]): Promise<readonly string[]> => {
  const known = objects.filter((object) => builtIn.has(groupOf(object.apiVersion)) && object.kind !== 'Namespace');
  const documents = known.map((object) => JSON.stringify(object)).join('\n---\n');
  try {
    const { err } = await kubectl.run(
      ['apply', '--server-side', '--dry-run=server', '--force-conflicts', '-f', '-'],
      documents,
    );
    return err.split('\n').filter((line) => /PodSecurity/.test(line));
  } catch (error) {
    return [(error as Error).message.slice(0, 2000)];
  }
};
