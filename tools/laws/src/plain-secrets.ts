/** Everyone who may read git, or `kubectl get`, may read these values, so none of them may be a secret. */
import { at, identity, type Manifest } from '../../manifests/src/manifest.ts';
import { operatorKindOf } from '../../manifests/src/pods.ts';
import { withoutHash } from '../../manifests/src/hash-suffix.ts';
import { mergeables } from '../../repository/src/declarations.ts';
import type { Law } from './law.ts';
import { isSecretPair, namesSecret, secretsSet, secretShape } from './secret-shapes.ts';

/** What to do instead, by place. */
const remedies = {
  setting: 'put it into a Secret (overlays/secrets), and read it from there',
  variable: 'take it from a Secret',
  argument: 'give it to a variable from a Secret, and name that as $(NAME)',
  annotation: 'name a Secret instead',
  sealed: 'seal it: npm run seal -- <cluster>',
  external: 'keep it in your vault, and name it in spec.data',
} as const;

interface Place {
  /** Where the value is, as the middle of a sentence. */
  readonly where: string;
  /** A name in the form of a word, where the place has one. */
  readonly name: string;
  readonly value: string;
  readonly remedy: keyof typeof remedies;
}

const strings = (map: unknown): readonly (readonly [string, string])[] =>
  Object.entries((map ?? {}) as Readonly<Record<string, unknown>>).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value] as const] : [],
  );

/** Pairs of a name and a value, and lists of words, wherever they are: variables, headers, commands, arguments. */
const placesIn = (value: unknown, key = ''): readonly Place[] => {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value) && (key === 'command' || key === 'args')) {
    return value.flatMap((word, index): readonly Place[] => {
      if (typeof word !== 'string') return [];
      const [, flag = '', own] = /^--?([\w.-]+)(?:=([^]*))?$/.exec(word) ?? [];
      const next: unknown = value[index + 1];
      const following = typeof next === 'string' && !next.startsWith('-') ? next : '';
      const given = own ?? (flag && namesSecret(flag) ? following : word);
      return [
        { where: `the argument ${flag ? `--${flag}` : index + 1}`, name: flag, value: given, remedy: 'argument' },
      ];
    });
  }
  const name = at(value, 'name');
  const given = at(value, 'value');
  const own: readonly Place[] =
    typeof name === 'string' && typeof given === 'string'
      ? [{ where: `the variable ${name}`, name, value: given, remedy: 'variable' }]
      : [];
  return [
    ...own,
    ...Object.entries(value).flatMap(([inner, part]) => placesIn(part, Array.isArray(value) ? key : inner)),
  ];
};

/** Settings that this repository declares are no secrets. Their names may still end in a word such as `secret`. */
const declared = new Map(mergeables.map(({ name, settings }) => [name, new Set(Object.keys(settings))]));

/** An annotation such as `…/auth-secret` names a Secret. */
const annotationsIn = (value: unknown): readonly Place[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === 'annotations'
      ? strings(part).map(([name, text]): Place => ({
          where: `the annotation ${name}`,
          name: name.endsWith('secret') && /^[a-z0-9./-]+$/.test(text) ? '' : name.slice(name.indexOf('/') + 1),
          value: text,
          remedy: 'annotation',
        }))
      : annotationsIn(part),
  );
};

const templatePlaces = (template: unknown, remedy: 'sealed' | 'external'): readonly Place[] =>
  ['data', 'stringData'].flatMap((field) =>
    strings(at(template, field)).map(([name, value]): Place => ({
      where: `${field} ${name} of its template`,
      name,
      value,
      remedy,
    })),
  );

const placesOf = (object: Manifest): readonly Place[] => {
  const { kind, metadata, data, spec } = object;
  const common = [...annotationsIn(object), ...placesIn(spec)];
  switch (kind) {
    case 'ConfigMap': {
      const known = declared.get(withoutHash(metadata.name));
      const binary = strings(at(object, 'binaryData')).map(([name, text]) => [name, atob(text)] as const);
      return [
        ...common,
        ...[...strings(data), ...binary].map(([name, value]): Place => ({
          where: `the key ${name}`,
          name: known?.has(name) ? '' : name,
          value,
          remedy: 'setting',
        })),
      ];
    }
    case 'SealedSecret':
      return [
        ...common,
        ...templatePlaces(at(spec, 'template'), 'sealed'),
        // What kubeseal seals begins with the length of the key, of 4,096 or 2,048 bits, in base64.
        ...strings(at(spec, 'encryptedData'))
          .filter(([, value]) => !/^A[Qg]/.test(value))
          .map(([key]): Place => ({
            where: `encryptedData ${key}`,
            name: 'secret',
            value: 'unsealed',
            remedy: 'sealed',
          })),
      ];
    case 'ExternalSecret':
      return [...common, ...templatePlaces(at(spec, 'target', 'template'), 'external')];
    default:
      return operatorKindOf(object)
        ? [
            ...common,
            ...Object.values(spec ?? {}).flatMap((part) =>
              strings(at(part, 'config')).map(([name, value]): Place => ({
                where: `the setting ${name}`,
                name,
                value,
                remedy: 'setting',
              })),
            ),
          ]
        : common;
  }
};

const faultOf = ({ where, name, value, remedy }: Place): string | undefined => {
  const end = `in plain text: ${remedies[remedy]}`;
  const shape = secretShape(value);
  if (shape) return `has ${shape} in ${where}, ${end}`;
  if (isSecretPair(name, value)) return `has a secret in ${where}, ${end}`;
  const set = secretsSet(name, value);
  return set.length > 0 ? `has a secret in ${where} (${set.join(', ')}), ${end}` : undefined;
};

/** No value of a ConfigMap, variable, argument, annotation or template of a Secret is a secret. */
export const noPlainSecrets: Law = (objects) =>
  objects.flatMap((object) =>
    placesOf(object)
      .flatMap((place) => faultOf(place) ?? [])
      .map((sentence) => ({ object: identity(object), sentence })),
  );
