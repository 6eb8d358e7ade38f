import { withoutHash } from '../../manifests/src/hash-suffix.ts';
import { secretsChoice } from '../../manifests/src/secrets.ts';
import type { Manifest } from '../../manifests/src/manifest.ts';

/** Keys of each Secret that the Job creates, from ConfigMaps whose names end in a hash. */
const keysOfSecrets = (objects: readonly Manifest[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    objects.flatMap(({ kind, metadata, data = {} }) => {
      const [, name = ''] = /^make-(.+)$/.exec(withoutHash(metadata.name)) ?? [];
      const keys = (data[name] ?? '').split('\n').map((line) => line.split(' ')[0] ?? '');
      return kind === 'ConfigMap' && name in data ? [[name, keys.filter((key) => key !== '')] as const] : [];
    }),
  );

/** A declared Secret with new keys, which existing Secrets lack. */
export interface Grown {
  readonly name: string;
  readonly keys: readonly string[];
}

/** Secrets that gain keys. The Job would not add them, because it may not change Secrets. */
export const grownSecrets = (before: readonly Manifest[], after: readonly Manifest[]): readonly Grown[] => {
  if ([before, after].some((objects) => secretsChoice(objects) !== 'generated')) return [];
  const earlier = keysOfSecrets(before);
  return [...keysOfSecrets(after)].flatMap(([name, keys]) => {
    const added = keys.filter((key) => earlier.has(name) && !earlier.get(name)?.includes(key));
    return added.length > 0 ? [{ name, keys: added }] : [];
  });
};
