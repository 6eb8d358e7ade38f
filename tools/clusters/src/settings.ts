/** Checks a cluster's merges into the ConfigMaps of libraries: known names, known keys, possible values. */
import { posix } from 'node:path';
import { optionWithout, podPort, type Mergeable, type Setting } from '@cost-onprem/kit/vocabulary';
import { hostIn } from '../../manifests/src/endpoint.ts';
import { mergeables } from '../../repository/src/declarations.ts';
import type { Fault } from './fault.ts';
import type { ClusterKustomization } from './kustomization.ts';
import { allowed } from '../../repository/src/suggest.ts';

const known: ReadonlyMap<string, Mergeable> = new Map(mergeables.map((mergeable) => [mergeable.name, mergeable]));

/** Why a cluster with some overlays must not merge into a ConfigMap, as the end of a sentence. */
const unread = ({ readWith, onlyFor }: Mergeable, overlays: ReadonlySet<string>): string | undefined => {
  if (readWith && !overlays.has(readWith)) return `which only a cluster with overlays/${readWith} reads`;
  if (onlyFor && overlays.has(optionWithout(onlyFor))) return `which overlays/${optionWithout(onlyFor)} removes`;
  return undefined;
};

/** Keys that a cluster may set. */
const open = ({ settings, ...mergeable }: Mergeable, overlays: ReadonlySet<string>): readonly string[] =>
  unread({ settings, ...mergeable }, overlays)
    ? []
    : Object.entries<Setting>(settings).flatMap(([key, { setBy, withOverlay }]) =>
        setBy === 'stack' || (withOverlay && !overlays.has(withOverlay)) ? [] : [key],
      );

const mismatch = ({ type, pattern }: Setting): string =>
  type ? `is not “${type}”` : `does not match ${pattern?.source}`;

const literalFaults = (mergeable: Mergeable, literal: string, overlays: ReadonlySet<string>): readonly string[] => {
  const [, key = literal, value = ''] = /^([^=]+)=(.*)$/s.exec(literal) ?? [];
  const why = unread(mergeable, overlays);
  if (why) return [`sets ${key} in ${mergeable.name}, ${why}`];
  const declared = mergeable.settings[key];
  if (!declared) {
    const keys = open(mergeable, overlays);
    const replacing = keys.filter((other) => mergeable.settings[other]?.replaces === key);
    const choices =
      replacing.length > 0 ? `did you mean ${replacing.join(', ')}? there are ${keys.join(', ')}` : allowed(key, keys);
    return [`sets ${key} in ${mergeable.name}, which has no such key; ${choices}`];
  }
  if (declared.setBy === 'stack')
    return [`sets ${key} in ${mergeable.name}, which its stack and its options decide: choose others`];
  if (declared.withOverlay && !overlays.has(declared.withOverlay))
    return [`sets ${key} in ${mergeable.name}, which only a cluster with overlays/${declared.withOverlay} may set`];
  if (value === '') return [`sets ${key} in ${mergeable.name} to an empty value; give a value, or remove the line`];
  return declared.pattern && !new RegExp(`^(?:${declared.pattern.source})$`, declared.pattern.flags).test(value)
    ? [`sets ${key} in ${mergeable.name} to ${value}, which ${mismatch(declared)}: ${declared.purpose}`]
    : [];
};

type Generators = NonNullable<ClusterKustomization['configMapGenerator']>;

/** Keys of all ConfigMaps that a cluster with some overlays must set. */
export const demanded = (
  overlays: ReadonlySet<string>,
): readonly { readonly name: string; readonly key: string; readonly setting: Setting }[] =>
  mergeables
    .filter((mergeable) => !unread(mergeable, overlays))
    .flatMap(({ name, settings }: Mergeable) =>
      Object.entries(settings).flatMap(([key, setting]) =>
        setting.setBy === 'cluster' && (!setting.withOverlay || overlays.has(setting.withOverlay))
          ? [{ name, key, setting }]
          : [],
      ),
    );

/** The required merges of a cluster with some overlays, with possible values. */
export const examples = (overlays: ReadonlySet<string>): Generators => {
  const settings = demanded(overlays);
  return [...new Set(settings.map(({ name }) => name))].map((name) => ({
    name,
    behavior: 'merge',
    literals: settings
      .filter((other) => other.name === name)
      .map(({ key, setting }) => `${key}=${setting.example ?? ''}`),
  }));
};

const missing = (generators: Generators, overlays: ReadonlySet<string>): readonly string[] =>
  demanded(overlays).flatMap(({ name, key, setting: { purpose, example, withOverlay } }) => {
    const literals = generators.filter((entry) => entry.name === name).flatMap((entry) => entry.literals ?? []);
    const who = withOverlay ? `a cluster with overlays/${withOverlay}` : 'every cluster';
    return literals.some((literal) => literal.startsWith(`${key}=`))
      ? []
      : [`does not set ${key} in ${name}, which ${who} must set: ${purpose}${example ? ` Such as ${example}.` : ''}`];
  });

const lonely = (generators: Generators): readonly Fault[] =>
  mergeables.flatMap(({ name, settings }: Mergeable) => {
    const index = generators.findIndex((entry) => entry.name === name);
    const literals = generators.filter((entry) => entry.name === name).flatMap((entry) => entry.literals ?? []);
    const set = new Set(literals.map((literal) => literal.replace(/=.*$/s, '')));
    // A key that has its usual value changes nothing, so it needs nothing.
    const changed = [...set].filter((key) => !literals.includes(`${key}=${settings[key]?.value}`));
    return changed.flatMap((key) => {
      const absent = (settings[key]?.needs ?? []).filter((other) => !set.has(other));
      return absent.length > 0
        ? [
            {
              at: ['configMapGenerator', index],
              sentence: `sets ${key} in ${name} without ${absent.join(' and ')}, which it needs`,
            },
          ]
        : [];
    });
  });

/** `name=path`, or a path whose last part is the name. */
const fileFaults = ({ name, files = [] }: Mergeable, file: string): readonly string[] => {
  const key = file.includes('=') ? (file.split('=')[0] ?? '') : posix.basename(file);
  if (files.includes(key)) return [];
  return [
    files.length === 0
      ? `merges the file ${key} into ${name}; only literals can be checked`
      : `merges the file ${key} into ${name}; ${allowed(key, files)}`,
  ];
};

/** The host of an endpoint's ConfigMap, where a literal gives one. */
const hostOf = (literal: string): string | undefined => {
  const [, host] = /^host=(.*)$/.exec(literal) ?? [];
  return host && hostIn({ host });
};

/** A name that only resolves in the cluster, such as `minio.storage.svc` or `minio.storage.svc.cluster.local`. */
const isService = (host: string): boolean => /\.svc(\.|$)/.test(host);

/** Policies see the port of a pod behind a Service, and only the cluster's administrator knows it. */
const podPortFaults = ({ name, settings }: Mergeable, literals: readonly string[]): readonly string[] => {
  if (!(podPort in settings)) return [];
  const hosts = literals.flatMap((literal) => hostOf(literal) ?? []);
  const given = literals.some((literal) => literal.startsWith(`${podPort}=`));
  const services = hosts.filter(isService);
  if (services.length > 0 && !given)
    return services.map(
      (host) =>
        `names ${host} in ${name}, a Service of this cluster, without ${podPort}: policies see the port of its pods, so set ${podPort} to the port on which they listen (kubectl get endpointslices in its namespace)`,
    );
  return given && hosts.length > 0 && services.length === 0
    ? [`sets ${podPort} in ${name}, whose host ${hosts.join(', ')} is no Service of this cluster; remove it`]
    : [];
};

const sameLabels = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean =>
  Object.keys({ ...one, ...other }).every((key) => one[key] === other[key]);

/** ConfigMaps that something in the cluster may fill. */
const withOptions: readonly string[] = mergeables.filter(({ filledBy }) => filledBy).map(({ name }) => name);

/** Only a ConfigMap that something in the cluster fills has a fixed name, because then no hash can restart its readers. */
const optionFaults = (
  { name = '', options, literals = [], files = [] }: Generators[number],
  { filledBy }: Pick<Mergeable, 'filledBy'> = {},
): readonly string[] => {
  if (!options) return [];
  if (!filledBy)
    return [
      `sets options of ${name}; only ${withOptions.join(' and ')} may have them, because the hash of a name restarts the pods that read it`,
    ];
  if (!sameLabels(options.labels, filledBy)) {
    const labels = Object.entries(filledBy).map(([key, value]) => `${key}: '${value}'`);
    return [`sets options of ${name} with other labels; the only ones are ${labels.join(', ')}`];
  }
  return literals.length + files.length > 0
    ? [`sets options of ${name} and gives it data, which would be overwritten; remove one of the two`]
    : [];
};

/**
 * Every fault in a cluster's merges.
 * @param overlays of the cluster, as folders of overlays/
 */
export const settingFaults = (
  { configMapGenerator: generators = [] }: ClusterKustomization,
  overlays: ReadonlySet<string>,
): readonly Fault[] => [
  ...generators.flatMap((generator, index): readonly Fault[] => {
    const { name = '', behavior, literals = [], files = [] } = generator;
    const at = ['configMapGenerator', index];
    const mergeable = known.get(name);
    if (!mergeable) {
      if (behavior === 'merge')
        return [
          {
            at,
            sentence: `merges into the ConfigMap ${name}, which clusters cannot change; ${allowed(name, [...known.keys()])}`,
          },
        ];
      return optionFaults(generator).map((sentence) => ({ at: [...at, 'options'], sentence }));
    }
    return [
      ...(behavior === 'merge' ? [] : [{ at, sentence: `creates the ConfigMap ${name} again; set behavior: merge` }]),
      ...optionFaults(generator, mergeable).map((sentence) => ({ at: [...at, 'options'], sentence })),
      ...podPortFaults(mergeable, literals).map((sentence) => ({ at: [...at, 'literals'], sentence })),
      ...files.flatMap((file, place) =>
        fileFaults(mergeable, file).map((sentence) => ({ at: [...at, 'files', place], sentence })),
      ),
      ...literals.flatMap((literal, place) =>
        literalFaults(mergeable, literal, overlays).map((sentence) => ({ at: [...at, 'literals', place], sentence })),
      ),
    ];
  }),
  ...missing(generators, overlays).map((sentence) => ({ sentence })),
  ...lonely(generators),
];
