/** Decides which values to seal, and writes the text of a cluster's file of SealedSecrets. */
import { load, dump } from 'js-yaml';
import { namespace } from '@cost-onprem/contracts';
import { domain, keepAnnotation, waveAnnotation, type SecretDeclaration } from '@cost-onprem/kit';
import { allowed } from '../../repository/src/suggest.ts';
import { at, parseManifests, type Manifest } from '../../manifests/src/manifest.ts';
import { mayBeRandom, secretsChoice, secretsToMake } from '../../manifests/src/secrets.ts';
import { randomValue } from './random.ts';

/** Encrypted values: Secret name → key → value. */
export type Sealed = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Plain values: Secret name → key → value. They exist only in memory. */
export type Values = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The cluster's file of SealedSecrets, beside its kustomization. */
export const sealedFile = 'sealed-secrets.yaml';

/** The encrypted values in a file. */
export const readSealed = (yaml: string): Sealed =>
  Object.fromEntries(
    parseManifests(yaml).map(({ metadata, spec }) => [
      metadata.name,
      (at(spec, 'encryptedData') ?? {}) as Readonly<Record<string, string>>,
    ]),
  );

const labels = { 'app.kubernetes.io/part-of': domain };

/**
 * Keeps a Secret when its SealedSecret is deleted, because a database still uses its values; lets the controller update
 * it.
 */
const outlives = {
  'sealedsecrets.bitnami.com/managed': 'true',
  'sealedsecrets.bitnami.com/skip-set-owner-references': 'true',
};

/** The file's text: objects sorted by name, in the formatter's layout. */
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
  return `# Written by \`npm run seal -- ${cluster}\`: only the controller of Sealed Secrets in that cluster can decrypt the values.\n${documents.join('---\n')}`;
};

/**
 * Values from lines `secret/key=value`.
 * @throws Error for any other line; the error does not repeat the line, because it might contain a password
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

/** What to seal in addition to missing values. */
export interface SealRequest {
  /** Names of Secrets that get new values. */
  readonly rotate: readonly string[];
  /** Values that the user supplies. */
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
        .map((key) => `does not need the key ${key} of the Secret ${name}; ${allowed(key, Object.keys(lengths))}`),
    ),
  ];
};

/**
 * The values to seal: those that the user supplies, those that are missing, and those of Secrets to rotate.
 * @param objects the cluster's render
 * @param sealed the values that its file has already
 * @throws Error with all faults, one per line
 */
export const valuesToSeal = (objects: readonly Manifest[], sealed: Sealed, request: SealRequest): Values => {
  if (secretsChoice(objects) !== 'sealed')
    throw new Error(
      'does not name ../../overlays/secrets/sealed in its components, so nothing would decrypt the values',
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
          `needs values of an external server, ${unknowable.join(', ')}: pass them with --supply on standard input, one line ${unknowable[0]}=<value> each`,
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
 * The kustomization with the file added as its last resource.
 * @throws Error if it has no list of resources with one line per resource
 */
export const listing = (text: string): string => {
  const { resources = [] } = load(text) as { readonly resources?: readonly string[] };
  if (resources.includes(sealedFile)) return text;
  const list = /^resources:[^\n]*\n(?: *- [^\n]*\n| *#[^\n]*\n)+/m;
  if (!list.test(text))
    throw new Error('has no list of resources with one line per resource, to which the file could be added');
  return text.replace(list, (whole) => `${whole}  - ${sealedFile}\n`);
};
