/** What variables are made of, and the ConfigMaps that a cluster may merge into. */
import type { Overlay } from '../generated/overlay.ts';
import type { Purpose } from './workloads.ts';

/** One key of a Secret or a ConfigMap. A secret's value exists in the cluster alone. */
export interface Reference {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  readonly key: string;
  /** True where the key may be missing: the variable is then not there at all. */
  readonly optional?: true;
}

/** A whole number that the container learns about its own limits: CPU in cores (rounded up), memory in Mi. */
export interface OwnLimit {
  readonly kind: 'OwnLimit';
  readonly resource: 'cpu' | 'memory';
}

/** No booleans, because Python reads `True` and Go reads `true`: each declaration writes the word that its program reads. */
export type Env = Readonly<Record<string, string | Reference | OwnLimit>>;

/** What a value must match, beside its own pattern, for each value of another key of the same ConfigMap. */
export interface Agreement {
  readonly key: string;
  readonly values: Readonly<Record<string, { readonly type: string; readonly pattern: RegExp }>>;
}

/** One key of a ConfigMap that a cluster may merge into. */
export interface Setting {
  /** The value where a cluster says nothing; without one the key is absent until a cluster sets it. */
  readonly value?: string;
  /** What the application takes where the key is absent, as its source has it. */
  readonly otherwise?: string;
  /** What the value does, and its unit; becomes the manual. */
  readonly purpose: string;
  /** What a value must match, as a whole. */
  readonly pattern?: RegExp;
  /** The pattern in words, where it is hard to read. */
  readonly type?: string;
  /** A value that could be, where a cluster must set one. */
  readonly example?: string;
  /** Keys of the same ConfigMap without which this one means nothing: a cluster that changes it sets them too. */
  readonly needs?: readonly string[];
  /** Another key with which this one must agree. The checks compare both as rendered, because each may be a default. */
  readonly follows?: Agreement;
  /** A key of earlier releases that this one replaces, so that the refusal of that key names this one. */
  readonly replaces?: string;
  /** `cluster`: every cluster must set it. `stack`: the stack sets it, a cluster may not. */
  readonly setBy?: 'cluster' | 'stack';
  /** The overlay with which alone a cluster sets the key, or must set it. */
  readonly withOverlay?: Overlay;
}

/** A ConfigMap that a cluster may merge into; any other key is refused. */
export interface Mergeable<Key extends string = string> {
  readonly name: string;
  readonly purpose: string;
  readonly settings: Readonly<Record<Key, Setting>>;
  /** Names of files that a cluster may merge into it. */
  readonly files?: readonly string[];
  /** The overlay without which nothing reads it, so that a cluster neither may nor must set a key. */
  readonly readWith?: Overlay;
  /** Labels by which something in the cluster fills it, if a cluster asks for that. Its name then has no hash. */
  readonly filledBy?: Readonly<Record<string, string>>;
  /** What its readers are there for, where a cluster may do without that. */
  readonly onlyFor?: Purpose;
  /** Variables that its readers take too and that are no keys of it, with the reason; becomes the manual. */
  readonly leftOut?: readonly { readonly why: string; readonly variables: readonly string[] }[];
}

/** Declares a ConfigMap that clusters may merge into, and only with these keys. */
export const mergeable = <const Key extends string>(declaration: Mergeable<Key>): Mergeable<Key> => declaration;

/** A key of a mergeable ConfigMap, as a variable's source; without a value of its own it may be missing. */
export const setting = <Key extends string>(from: Mergeable<Key>, key: NoInfer<Key>): Reference => ({
  kind: 'ConfigMap',
  name: from.name,
  key,
  ...(from.settings[key].value === undefined && { optional: true }),
});
