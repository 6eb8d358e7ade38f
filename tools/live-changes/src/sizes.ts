/** Sizes of disks, which can only grow. */
import { toMebibytes } from '@cost-onprem/kit/quantity';
import { disksOf } from '../../manifests/src/disks.ts';
import type { Rule } from './rule.ts';

const shrinks = (from: unknown, to: unknown): boolean =>
  from !== undefined && to !== undefined && toMebibytes(String(from)) > toMebibytes(String(to));

/**
 * Refuses disks that shrink. Kubernetes says of a claim "field can not be less than previous value"
 * (ValidatePersistentVolumeClaimUpdate), Strimzi ignores a smaller size (StorageDiff), and CloudNativePG's webhook says "can't
 * shrink existing storage". The rule accepts growth, because only the cluster knows whether the claim's class allows it.
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
