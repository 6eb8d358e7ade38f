/** Sizes of disks, which can only grow. */
import { toMebibytes } from '@cost-onprem/kit/quantity';
import { disksOf } from '../../manifests/src/disks.ts';
import type { Rule } from './rule.ts';

const shrinks = (from: unknown, to: unknown): boolean =>
  from !== undefined && to !== undefined && toMebibytes(String(from)) > toMebibytes(String(to));

/**
 * Refuses disks that shrink. A claim: ValidatePersistentVolumeClaimUpdate, "field can not be less than previous value".
 * Strimzi takes a smaller size for unsaid (StorageDiff), CloudNativePG's webhook says "can't shrink existing storage".
 * Growing is left alone: whether the claim's class allows it, only the cluster knows.
 */
export const sizes: Rule = ({ before, after }, keepSize) => {
  const next = new Map(disksOf(after).map(({ where, size }) => [where, size]));
  return disksOf(before).flatMap(({ where, size }) => {
    const to = next.get(where);
    const what = where === '' ? '' : `${where} `;
    return shrinks(size, to)
      ? [`shrinks ${what}from ${String(size)} to ${String(to)}; a claim can only grow: keep ${keepSize(String(size))}`]
      : [];
  });
};
