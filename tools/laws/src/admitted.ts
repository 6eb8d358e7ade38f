/** Argo CD refuses objects outside of its project, so the build refuses them first. */
import { namespace } from '@cost-onprem/contracts';
import { identity, kindOf, type Manifest } from '../../manifests/src/manifest.ts';
import type { Law } from './law.ts';

const isNamespace = (object: Manifest): boolean => kindOf(object) === 'Namespace';

/** Only kinds that Argo CD's project admits, and no object of the whole cluster but the namespace. */
export const kindsAdmitted: Law = (objects, { namespacedKinds }) =>
  objects
    .filter((object) => !isNamespace(object) && !namespacedKinds.has(kindOf(object)))
    .map((object) => ({
      object: identity(object),
      sentence: `is of the kind ${kindOf(object)}, which overlays/argo-cd/app-project.yaml does not admit in the namespace`,
    }));

/** Every object is in the namespace that Argo CD's project admits. */
export const inNamespace: Law = (objects, { namespacedKinds }) =>
  objects.flatMap((object) => {
    const { name, namespace: place = 'no namespace' } = object.metadata;
    const sentence = isNamespace(object)
      ? name !== namespace && `is another namespace than ${namespace}: remove it`
      : namespacedKinds.has(kindOf(object)) && place !== namespace && `is in ${place}; it must be in ${namespace}`;
    return sentence ? [{ object: identity(object), sentence }] : [];
  });

const enforce = 'pod-security.kubernetes.io/enforce';

/** The namespace is there, and makes Kubernetes refuse pods that break PodSecurity `restricted` of its own version. */
export const namespaceRestricted: Law = (objects) => {
  const own = objects.find((object) => isNamespace(object) && object.metadata.name === namespace);
  const object = `Namespace/${namespace}`;
  if (!own) return [{ object, sentence: 'is missing: the platform overlay brings it, so do not delete it' }];
  const { [enforce]: level, [`${enforce}-version`]: version = 'latest' } = own.metadata.labels ?? {};
  return level === 'restricted' && version === 'latest'
    ? []
    : [{ object, sentence: `must have the label ${enforce}: restricted, and no other version of it than latest` }];
};
