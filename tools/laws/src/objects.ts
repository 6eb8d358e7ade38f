/** Laws about whole objects, and about their relations. */
import { holdsData } from '../../manifests/src/data-holders.ts';
import { disksOf } from '../../manifests/src/disks.ts';
import { at, identity, podKindOf, podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import { podsOf } from '../../manifests/src/pods.ts';
import { eachObject, type Law } from './law.ts';
import { selectsLabels } from './selectors.ts';

/** Everyone with access to git can read a Secret in git. */
export const noSecretValues = eachObject(({ kind, data, stringData }) =>
  kind === 'Secret' && Object.values({ ...data, ...stringData }).some((value) => value !== '')
    ? ['contains a value: values belong in the cluster, never in git']
    : [],
);

/** Argo CD prunes and deletes objects with data only after a person confirms it. */
export const kept = eachObject((object) => {
  const options = object.metadata.annotations?.['argocd.argoproj.io/sync-options']?.split(',') ?? [];
  return holdsData(object) && !(options.includes('Prune=confirm') && options.includes('Delete=confirm'))
    ? ['holds data, so it needs the annotation argocd.argoproj.io/sync-options: Prune=confirm,Delete=confirm']
    : [];
});

/** Claims, and the disks of nodes, get their size from overlays/storage. */
export const sizedClaims = eachObject((object) =>
  disksOf(object).every(({ size }) => size) ? [] : ['has no size: the storage overlay gives it, and must name it'],
);

/** Two pods on one volume, or two of an application that must run once, destroy data. */
export const single = eachObject((object) => {
  const claims = podTemplateOf(object)?.spec?.volumes?.some((volume) => volume.persistentVolumeClaim);
  const alone = claims || at(object.spec, 'strategy', 'type') === 'Recreate';
  const replicas = at(object.spec, 'replicas') ?? 1;
  return alone && Number(replicas) > 1 ? [`has ${String(replicas)} replicas; it must have exactly 1`] : [];
});

/** A Service, a budget or a controller that also selects pods of another workload mixes them silently. */
export const selectsOne: Law = (objects) => {
  const pods = objects.flatMap((object) => podsOf(object).map(({ labels }) => ({ owner: identity(object), labels })));
  const selectorOf = (object: Manifest) => {
    if (object.kind === 'Service') return at(object.spec, 'selector');
    const exact = podKindOf(object) ?? object.kind === 'PodDisruptionBudget';
    return exact ? at(object.spec, 'selector', 'matchLabels') : undefined;
  };
  return objects.flatMap((object) => {
    const selector = selectorOf(object) as Readonly<Record<string, string>> | undefined;
    if (!selector) return [];
    const owners = pods
      .filter(({ labels }) => selectsLabels({ matchLabels: selector }, labels))
      .map(({ owner }) => owner);
    return owners.length === 1
      ? []
      : [
          {
            object: identity(object),
            sentence: `selects ${owners.length === 0 ? 'no pod' : owners.join(' and ')}; it must select exactly one workload`,
          },
        ];
  });
};

/** A platform gives every pod a UID or none. An option after the platform could add a pod without one. */
export const sameUser: Law = (objects) => {
  const pods = objects.flatMap((object) => {
    const spec = podTemplateOf(object)?.spec;
    return spec ? [{ object: identity(object), user: spec.securityContext?.runAsUser }] : [];
  });
  return pods.some(({ user }) => user !== undefined)
    ? pods
        .filter(({ user }) => user === undefined)
        .map(({ object }) => ({
          object,
          sentence: 'has no runAsUser, although other pods have one: the platform overlay did not patch it',
        }))
    : [];
};

/** Placeholders for values that only a cluster knows. */
export const noPlaceholders = eachObject((object) =>
  JSON.stringify(object).includes('set-by-the-cluster')
    ? ['still holds the placeholder set-by-the-cluster: the cluster must set it']
    : [],
);
