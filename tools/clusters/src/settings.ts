/** What a cluster merges into the ConfigMaps of libs/contracts: known names, known keys, values that can be. */
import { mergeables } from '@cost-onprem/contracts';
import type { Mergeable, Setting } from '@cost-onprem/kit/vocabulary';
import type { ClusterKustomization } from './kustomization.ts';
import { allowed } from './suggest.ts';

const known: ReadonlyMap<string, Mergeable> = new Map(mergeables.map((mergeable) => [mergeable.name, mergeable]));

/** Keys that a cluster may set. */
const open = ({ settings }: Mergeable): readonly string[] =>
  Object.entries<Setting>(settings).flatMap(([key, { setBy }]) => (setBy === 'stack' ? [] : [key]));

const literalFaults = (mergeable: Mergeable, literal: string): readonly string[] => {
  const [, key = literal, value = ''] = /^([^=]+)=(.*)$/s.exec(literal) ?? [];
  const declared = mergeable.settings[key];
  if (!declared) return [`sets ${key} in ${mergeable.name}, which has no such key; ${allowed(key, open(mergeable))}`];
  if (declared.setBy === 'stack')
    return [`sets ${key} in ${mergeable.name}, which its stack decides: choose another stack`];
  if (value === '') return [`sets ${key} in ${mergeable.name} to nothing; leave the line out, or give a value`];
  return declared.pattern && !new RegExp(`^(?:${declared.pattern.source})$`, declared.pattern.flags).test(value)
    ? [
        `sets ${key} in ${mergeable.name} to ${value}, which does not match ${declared.pattern.source}: ${declared.purpose}`,
      ]
    : [];
};

const missing = (generators: NonNullable<ClusterKustomization['configMapGenerator']>): readonly string[] =>
  mergeables.flatMap(({ name, settings }: Mergeable) => {
    const literals = generators.filter((entry) => entry.name === name).flatMap((entry) => entry.literals ?? []);
    return Object.entries(settings).flatMap(([key, { setBy, purpose }]) =>
      setBy === 'cluster' && !literals.some((literal) => literal.startsWith(`${key}=`))
        ? [`does not set ${key} in ${name}, which every cluster must: ${purpose}`]
        : [],
    );
  });

const lonely = (generators: NonNullable<ClusterKustomization['configMapGenerator']>): readonly string[] =>
  mergeables.flatMap(({ name, settings }: Mergeable) => {
    const set = new Set(
      generators
        .filter((entry) => entry.name === name)
        .flatMap((entry) => entry.literals ?? [])
        .map((literal) => literal.replace(/=.*$/s, '')),
    );
    return [...set].flatMap((key) => {
      const absent = (settings[key]?.needs ?? []).filter((other) => !set.has(other));
      return absent.length > 0 ? [`sets ${key} in ${name} without ${absent.join(' and ')}, which it needs`] : [];
    });
  });

/** Every fault in what a cluster merges; the sentences go on after the name of its file. */
export const settingFaults = ({ configMapGenerator: generators = [] }: ClusterKustomization): readonly string[] => [
  ...generators.flatMap(({ name = '', behavior, literals = [], files, envs }): readonly string[] => {
    const mergeable = known.get(name);
    if (!mergeable) {
      return behavior === 'merge' || behavior === 'replace'
        ? [`merges into the ConfigMap ${name}, which is not for merging; ${allowed(name, [...known.keys()])}`]
        : [];
    }
    return [
      ...(behavior === 'merge' ? [] : [`makes the ConfigMap ${name} anew; say behavior: merge`]),
      ...(files || envs ? [`merges files into ${name}; only literals can be checked`] : []),
      ...literals.flatMap((literal) => literalFaults(mergeable, literal)),
    ];
  }),
  ...missing(generators),
  ...lonely(generators),
];
