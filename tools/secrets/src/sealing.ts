/** What is to be sealed, and what a cluster's file of SealedSecrets looks like. */
import { load, dump } from 'js-yaml';
import { namespace } from '@cost-onprem/contracts';
import { domain, keepAnnotation, waveAnnotation, type SecretDeclaration } from '@cost-onprem/kit';
import { allowed } from '../../clusters/src/suggest.ts';
import { at, parseManifests, type Manifest } from '../../manifests/src/manifest.ts';
import { mayBeRandom, secretsChoice, secretsToMake } from '../../manifests/src/secrets.ts';
import { randomValue } from './random.ts';

/** Encrypted values by key, by the name of their Secret. */
export type Sealed = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Values by key, by the name of their Secret; in memory alone. */
export type Values = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The file of a cluster that holds them, beside its kustomization. */
export const sealedFile = 'sealed-secrets.yaml';

/** What a file holds already. */
export const readSealed = (yaml: string): Sealed =>
  Object.fromEntries(
    parseManifests(yaml).map(({ metadata, spec }) => [
      metadata.name,
      (at(spec, 'encryptedData') ?? {}) as Readonly<Record<string, string>>,
    ]),
  );

const labels = { 'app.kubernetes.io/part-of': domain };

/** The Secret stays when its SealedSecret goes, for a database knows its values; and it may be sealed anew. */
const outlives = {
  'sealedsecrets.bitnami.com/managed': 'true',
  'sealedsecrets.bitnami.com/skip-set-owner-references': 'true',
};

/** The file's text: whole objects, sorted by name, in the layout that the formatter leaves alone. */
export const sealedText = (cluster: string, sealed: Sealed): string => {
  const objects = Object.entries(sealed)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, encryptedData]) => ({
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      metadata: { name, namespace, labels, annotations: { ...waveAnnotation('foundation'), ...keepAnnotation } },
      spec: {
        encryptedData,
        template: { metadata: { name, namespace, labels, annotations: outlives }, type: 'Opaque' },
      },
    }));
  const documents = objects.map((object) => dump(object, { lineWidth: -1, noRefs: true, quoteStyle: 'double' }));
  return `# Written by \`npm run seal -- ${cluster}\`: the controller of Sealed Secrets in that cluster alone can read the values.\n${documents.join('---\n')}`;
};

/**
 * Values from lines `secret/key=value`.
 * @throws Error for a line that is none; what it says is not repeated, for it might be a password
 */
export const parseValues = (text: string): Values => {
  const values: Record<string, Record<string, string>> = {};
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [, name = '', key = '', value = ''] = /^([^/=\s]+)\/([^=\s]+)=(.+)$/.exec(line) ?? [];
    if (value === '') throw new Error(`line ${index + 1} of standard input is not secret/key=value`);
    values[name] = { ...values[name], [key]: value };
  }
  return values;
};

/** What is asked for besides what is missing. */
export interface SealRequest {
  /** Names of Secrets whose values are to be new ones. */
  readonly rotate: readonly string[];
  /** Values that are not made up. */
  readonly given: Values;
}

const unknownFaults = (needed: readonly SecretDeclaration[], { rotate, given }: SealRequest): readonly string[] => {
  const names = needed.map(({ name }) => name);
  return [
    ...[...rotate, ...Object.keys(given)]
      .filter((name) => !names.includes(name))
      .map((name) => `does not need the Secret ${name}; ${allowed(name, names)}`),
    ...needed.flatMap(({ name, lengths }) =>
      Object.keys(given[name] ?? {})
        .filter((key) => !(key in lengths))
        .map((key) => `needs no key ${key} of the Secret ${name}; ${allowed(key, Object.keys(lengths))}`),
    ),
  ];
};

/**
 * The values that are to be sealed: those that are given, those that are missing, and those that are to be new.
 * @param objects the cluster, rendered
 * @param sealed what its file holds
 * @throws Error with everything that keeps them from being sealed, one a line
 */
export const valuesToSeal = (objects: readonly Manifest[], sealed: Sealed, request: SealRequest): Values => {
  if (secretsChoice(objects) !== 'sealed')
    throw new Error(
      'does not name ../../overlays/secrets/sealed in its components, so nobody would open what is sealed',
    );
  const needed = secretsToMake(objects);
  const { rotate, given } = request;
  const wanted = needed.map((declaration) => {
    const { name, lengths } = declaration;
    const keys = Object.entries(lengths).filter(
      ([key]) => given[name]?.[key] !== undefined || rotate.includes(name) || sealed[name]?.[key] === undefined,
    );
    return { name, keys, random: mayBeRandom(objects, declaration) };
  });
  const unknowable = wanted.flatMap(({ name, keys, random }) =>
    random ? [] : keys.flatMap(([key]) => (given[name]?.[key] === undefined ? [`${name}/${key}`] : [])),
  );
  const faults = [
    ...unknownFaults(needed, request),
    ...(unknowable.length > 0
      ? [
          `needs values that only somebody else’s server knows, ${unknowable.join(', ')}: give them with --supply, a line ${unknowable[0]}=<value> each on standard input`,
        ]
      : []),
  ];
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return Object.fromEntries(
    wanted
      .filter(({ keys }) => keys.length > 0)
      .map(({ name, keys }) => [
        name,
        Object.fromEntries(keys.map(([key, length]) => [key, given[name]?.[key] ?? randomValue(length)])),
      ]),
  );
};

/**
 * A kustomization that lists the file, as the last of its resources.
 * @throws Error when it has no list of resources with a line for each
 */
export const listing = (text: string): string => {
  const { resources = [] } = load(text) as { readonly resources?: readonly string[] };
  if (resources.includes(sealedFile)) return text;
  const list = /^resources:[^\n]*\n(?: *- [^\n]*\n| *#[^\n]*\n)+/m;
  if (!list.test(text)) throw new Error('has no list of resources, a line for each, to which the file could be added');
  return text.replace(list, (whole) => `${whole}  - ${sealedFile}\n`);
};
