/** Secrets: those that must exist, and those that a cluster may bring. */
import { mapValues } from '../records.ts';
import type { Role } from './endpoints.ts';
import type { Reference } from './settings.ts';

/** A Secret that must exist in the cluster: its keys, and how many alphanumeric characters each value has. */
export interface SecretDeclaration<Key extends string = string> {
  readonly name: string;
  readonly lengths: Readonly<Record<Key, number>>;
  /** References to the keys. */
  readonly keys: { readonly [K in Key]: Reference };
  /** The setting without which nothing reads it; left out where something always does. */
  readonly readWith?: Reference;
  /** The role of the servers that alone read it: an external one in their place needs it not. */
  readonly role?: Role;
}

/**
 * Declares a Secret: the length of each key's value in characters. The value is made in the cluster, once: a key that is
 * added later would be missing where the Secret is there already, so it must be a new Secret.
 * @param readWith the setting without which nothing reads it
 */
export const secret = <const Key extends string>(
  name: string,
  lengths: Readonly<Record<Key, number>>,
  readWith?: Reference,
): SecretDeclaration<Key> => ({
  name,
  lengths,
  keys: mapValues(lengths, (_, key): Reference => ({ kind: 'Secret', name, key })),
  ...(readWith && { readWith }),
});

/** A Secret that a cluster may bring: nothing creates or requires it, and every pod starts without it. */
export interface OptionalSecret<Key extends string = string> {
  readonly name: string;
  /** What there is with it. */
  readonly purpose: string;
  /** What the value of each key is. */
  readonly contents: Readonly<Record<Key, string>>;
  /** References to the keys. */
  readonly keys: { readonly [K in Key]: Reference };
}

/** Declares a Secret that a cluster may bring, by what its keys hold. */
export const optionalSecret = <const Key extends string>(
  name: string,
  purpose: string,
  contents: Readonly<Record<Key, string>>,
): OptionalSecret<Key> => ({
  name,
  purpose,
  contents,
  keys: mapValues(contents, (_, key): Reference => ({ kind: 'Secret', name, key, optional: true })),
});
