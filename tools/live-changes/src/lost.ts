/** Data that goes with the object that holds it. */
import { holdsData } from '../../manifests/src/data-holders.ts';
import { at, kindOf, type Manifest } from '../../manifests/src/manifest.ts';
import { syncOptions } from './rule.ts';

/** The claims of a StatefulSet outlive it, unless it says otherwise. */
const takesClaimsAlong = (object: Manifest): boolean =>
  kindOf(object) === 'StatefulSet.apps' &&
  at(object.spec, 'volumeClaimTemplates', 0) !== undefined &&
  at(object.spec, 'persistentVolumeClaimRetentionPolicy', 'whenDeleted') === 'Delete';

/**
 * What is wrong with the disappearance of an object. Argo CD prunes what git no longer has, and asks the live object,
 * so the one before, whether it may (tools/documentation/facts/argo-cd.md#confirmation).
 */
export const lost = (object: Manifest): readonly string[] => {
  const guarded = ['Prune=confirm', 'Prune=false'].some((option) => syncOptions(object).includes(option));
  return !guarded && (holdsData(object) || takesClaimsAlong(object))
    ? [
        'disappears, and Argo CD would delete it with its data; keep it, or first let a sync give it the annotation argocd.argoproj.io/sync-options: Prune=confirm',
      ]
    : [];
};
