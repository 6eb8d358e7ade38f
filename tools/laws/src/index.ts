import type { Manifest } from '../../manifests/src/manifest.ts';
import type { Finding, Law } from './law.ts';
import { kept, noPlaceholders, noSecretValues, selectsOne, single, sizedClaims } from './objects.ts';
import { bounded, pinned, restricted, variablesOnce } from './pods.ts';
import { provides } from './references.ts';

export type { Finding, Law } from './law.ts';

const laws: readonly Law[] = [
  ...restricted,
  bounded,
  pinned,
  variablesOnce,
  provides,
  noSecretValues,
  kept,
  sizedClaims,
  single,
  selectsOne,
  noPlaceholders,
];

/** Everything that is wrong with a render, in the order of the laws. */
export const findings = (objects: readonly Manifest[]): readonly Finding[] => laws.flatMap((law) => law(objects));
