import { withoutHash } from '../../manifests/src/hash-suffix.ts';
import { secretsChoice } from '../../manifests/src/secrets.ts';
import type { Manifest } from '../../manifests/src/manifest.ts';

/** Keys of each Secret that the Job is told to make; the names of these ConfigMaps end in a hash. */
const toldToMake = (objects: readonly Manifest[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    objects.flatMap(({ kind, metadata, data = {} }) => {
      const [, name = ''] = /^make-(.+)$/.exec(withoutHash(metadata.name)) ?? [];
      const keys = (data[name] ?? '').split('\n').map((line) => line.split(' ')[0] ?? '');
      return kind === 'ConfigMap' && name in data ? [[name, keys.filter((key) => key !== '')] as const] : [];
    }),
  );

/** A Secret that lacks a key for those who are there already. */
export interface Grown {
  readonly name: string;
  readonly keys: readonly string[];
}

/** Secrets that gain keys which nobody would make: the Job may not change what it made. */
export const grownSecrets = (before: readonly Manifest[], after: readonly Manifest[]): readonly Grown[] => {
  if ([before, after].some((objects) => secretsChoice(objects) !== 'generated')) return [];
  const earlier = toldToMake(before);
  return [...toldToMake(after)].flatMap(([name, keys]) => {
    const added = keys.filter((key) => earlier.has(name) && !earlier.get(name)?.includes(key));
    return added.length > 0 ? [{ name, keys: added }] : [];
  });
};
