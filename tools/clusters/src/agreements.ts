/** Settings of one ConfigMap must agree, whichever the cluster sets and whichever keep their defaults. */
import type { Mergeable, Setting } from '@cost-onprem/kit/vocabulary';
import { configMapNamed } from '../../manifests/src/hash-suffix.ts';
import type { Manifest } from '../../manifests/src/manifest.ts';
import type { Fault, Path } from './fault.ts';
import type { ClusterKustomization } from './kustomization.ts';

type Data = Readonly<Record<string, string>>;

/** The fault of one setting, as the rest of a sentence. */
const disagreement = (name: string, key: string, { follows, purpose }: Setting, data: Data): string | undefined => {
  const value = data[key];
  const leading = follows && data[follows.key];
  const must = leading === undefined ? undefined : follows?.values[leading];
  if (value === undefined || !must || new RegExp(`^(?:${must.pattern.source})$`).test(value)) return undefined;
  return `has ${key}=${value} in ${name}, but with ${follows?.key}=${leading} it must be “${must.type}”: ${purpose}`;
};

/** Where the cluster sets the first of some keys that it sets at all. */
const placeOf = (
  { configMapGenerator: generators = [] }: ClusterKustomization,
  name: string,
  keys: readonly string[],
): Path | undefined =>
  keys
    .flatMap((key) =>
      generators.flatMap((generator, index) =>
        (generator.literals ?? []).flatMap((literal, place) =>
          generator.name === name && literal.startsWith(`${key}=`)
            ? [['configMapGenerator', index, 'literals', place] as const]
            : [],
        ),
      ),
    )
    .at(0);

/**
 * Every setting of a render that does not agree with the one that it follows.
 * @param mergeables all ConfigMaps that a cluster may merge into
 */
export const agreementFaults = (
  kustomization: ClusterKustomization,
  objects: readonly Manifest[],
  mergeables: readonly Mergeable[],
): readonly Fault[] =>
  mergeables.flatMap(({ name, settings }) => {
    const data = configMapNamed(objects, name)?.data ?? {};
    return Object.entries(settings).flatMap(([key, setting]) => {
      const sentence = disagreement(name, key, setting, data);
      if (sentence === undefined) return [];
      const at = placeOf(kustomization, name, [key, setting.follows?.key ?? key]);
      return [at ? { at, sentence } : { sentence }];
    });
  });
