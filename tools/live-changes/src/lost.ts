/** Objects whose deletion loses data. */
import { holdsData } from '../../manifests/src/data-holders.ts';
import { at, kindOf, type Manifest } from '../../manifests/src/manifest.ts';
import { syncOptions } from './rule.ts';

/** Whether a StatefulSet deletes its claims. By default they outlive it. */
const deletesClaims = (object: Manifest): boolean =>
  kindOf(object) === 'StatefulSet.apps' &&
  at(object.spec, 'volumeClaimTemplates', 0) !== undefined &&
  at(object.spec, 'persistentVolumeClaimRetentionPolicy', 'whenDeleted') === 'Delete';

/**
 * Refuses the removal of an object that holds data. Argo CD prunes objects that git no longer has, and reads the
 * options of the live object, which is the one before the change (tools/documentation/facts/argo-cd.md#confirmation).
 */
export const lost = (object: Manifest): readonly string[] => {
  const guarded = ['Prune=confirm', 'Prune=false'].some((option) => syncOptions(object).includes(option));
  return !guarded && (holdsData(object) || deletesClaims(object))
    ? [
        'disappears, so Argo CD would delete it with its data; keep it, or first sync it with the annotation argocd.argoproj.io/sync-options: Prune=confirm',
      ]
    : [];
};
