import { identity, kindOf, type Manifest } from '../../manifests/src/manifest.ts';
import { fixed } from './fixed.ts';
import { lost } from './lost.ts';
import { operators } from './operators.ts';
import type { KeepSize, Pair, Rule } from './rule.ts';
import { grownSecrets } from './secrets.ts';
import { sizes } from './sizes.ts';
import { values } from './values.ts';

/** A change that a live cluster refuses, or that destroys data. */
export interface RefusedChange {
  /** `Kind/name`. */
  readonly object: string;
  /** The whole sentence: the object, the change, the reason, and what to do instead. */
  readonly sentence: string;
}

/**
 * No rule covers a Route's `spec.host`: it may change if Argo CD's account has the permission `routes/custom-host`
 * (openshift/library-go, pkg/route/hostassignment, ValidateHostUpdate), which a render does not show.
 */
const rules: readonly Rule[] = [sizes, fixed, values, operators];

const keyOf = (object: Manifest): string =>
  [kindOf(object), object.metadata.namespace ?? '', object.metadata.name].join('/');

const about = (object: Manifest, predicates: readonly string[]): readonly RefusedChange[] =>
  predicates.map((predicate) => ({ object: identity(object), sentence: `${identity(object)} ${predicate}` }));

/**
 * Every change between two renders of one cluster that a real API server refuses, or that destroys data.
 * @param keepSize names the place of a size that must not shrink; its words follow "keep"
 */
export const refusedChanges = (
  before: readonly Manifest[],
  after: readonly Manifest[],
  keepSize: KeepSize = (size) => `${size} in overlays/storage`,
): readonly RefusedChange[] => {
  const next = new Map(after.map((object) => [keyOf(object), object]));
  const ofObjects = before.flatMap((object) => {
    const successor = next.get(keyOf(object));
    if (!successor) return about(object, lost(object));
    const pair: Pair = { before: object, after: successor };
    return about(
      object,
      rules.flatMap((rule) => rule(pair, keepSize)),
    );
  });
  const ofSecrets = grownSecrets(before, after).map(({ name, keys }) => ({
    object: `Secret/${name}`,
    sentence: `Secret/${name} gains ${keys.join(' and ')}, but an existing Secret would not get the key, because the Job may only create Secrets: declare another Secret`,
  }));
  return [...ofObjects, ...ofSecrets];
};
