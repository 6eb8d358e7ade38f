/** Which Secrets a cluster needs, what creates each, and what a person must do. */
import type { OptionalSecret, SecretDeclaration } from '@cost-onprem/kit';
import { at, type Manifest } from '../../manifests/src/manifest.ts';
import {
  comesWithBucket,
  keysBrought,
  mayBeRandom,
  neededSecrets,
  readersOf,
  secretsChoice,
  undeclaredSecrets,
  type SecretsChoice,
  type UndeclaredSecret,
} from '../../manifests/src/secrets.ts';
import { createAsked, createOptional, createRandom, createUndeclared } from './by-hand.ts';

/** By choice of overlays/secrets: what creates the Secrets. */
export const choices: Readonly<Record<SecretsChoice, string>> = {
  generated: 'a Job creates the missing ones',
  external: 'the External Secrets Operator fetches them from your store',
  sealed: 'Sealed Secrets decrypts them from git',
  existing: 'you create them before the first sync',
};

/** One Secret of a cluster. */
export interface Row {
  readonly name: string;
  readonly keys: readonly string[];
  readonly madeBy: string;
  /** What a person must do now: a sentence, or commands. */
  readonly todo?: string;
}

/** The Secrets of a cluster. */
export interface Overview {
  readonly choice: SecretsChoice;
  /** All that must exist. */
  readonly needed: readonly Row[];
  /** All that may exist, each with the command that creates it. */
  readonly optional: readonly (Row & { readonly purpose: string })[];
}

const person = 'a person';

/** The place in the store that an ExternalSecret reads, key by key. */
const storeEntries = (objects: readonly Manifest[], name: string): readonly string[] =>
  objects
    .filter(
      ({ kind, metadata, spec }) => kind === 'ExternalSecret' && (at(spec, 'target', 'name') ?? metadata.name) === name,
    )
    .flatMap(({ spec }) => {
      const store = `${String(at(spec, 'secretStoreRef', 'kind'))} ${String(at(spec, 'secretStoreRef', 'name'))}`;
      const data = (at(spec, 'data') ?? []) as readonly {
        readonly remoteRef: { readonly key: string; readonly property?: string };
      }[];
      return data.map(
        ({ remoteRef: { key, property } }) => `${store}: entry ${key}${property ? `, property ${property}` : ''}`,
      );
    });

const fromStore = (objects: readonly Manifest[], declaration: SecretDeclaration, random: boolean): string => {
  const values = random
    ? `${Object.values<number>(declaration.lengths).join(' and ')} random letters and digits`
    : 'the values of the external server';
  const entries = storeEntries(objects, declaration.name);
  return entries.length === 0
    ? 'no ExternalSecret fetches it: see overlays/secrets/external/README.md'
    : `Put into the store, with ${values}:\n${entries.join('\n')}`;
};

const sealing = (
  objects: readonly Manifest[],
  cluster: string,
  { name, lengths }: SecretDeclaration,
  random: boolean,
): Pick<Row, 'todo'> => {
  const sealed = keysBrought(objects, 'SealedSecret', name);
  const missing = Object.keys(lengths).filter((key) => !sealed.includes(key));
  if (missing.length === 0) return {};
  if (random) return { todo: `npm run seal -- ${cluster}` };
  const lines = missing.map((key) => `${name}/${key}=<value>`).join(', ');
  return { todo: `npm run seal -- ${cluster} --supply\n# then type ${lines}, one a line, and end with Ctrl-D` };
};

const rowOf = (
  objects: readonly Manifest[],
  cluster: string,
  choice: SecretsChoice,
  declaration: SecretDeclaration,
): Row => {
  const { name, lengths } = declaration;
  const row = { name, keys: Object.keys(lengths) };
  if (comesWithBucket(objects, name)) return { ...row, madeBy: `ObjectBucketClaim ${name}` };
  const random = mayBeRandom(objects, declaration);
  if (choice === 'external')
    return { ...row, madeBy: 'External Secrets Operator', todo: fromStore(objects, declaration, random) };
  if (choice === 'sealed')
    return { ...row, madeBy: 'Sealed Secrets', ...sealing(objects, cluster, declaration, random) };
  if (choice === 'generated' && random) return { ...row, madeBy: 'Job secrets-generate' };
  return { ...row, madeBy: person, todo: random ? createRandom(declaration) : createAsked(declaration) };
};

const undeclaredRow = (secret: UndeclaredSecret): Row => ({
  name: secret.name,
  keys: secret.keys,
  ...(secret.fromCertManager ? { madeBy: 'cert-manager' } : { madeBy: person, todo: createUndeclared(secret) }),
});

/**
 * The Secrets of a cluster.
 * @param objects the cluster's render
 * @param optionals the optional Secrets of all applications
 * @throws Error for a cluster without a choice of overlays/secrets
 */
export const overviewOf = (
  objects: readonly Manifest[],
  cluster: string,
  optionals: readonly OptionalSecret[],
): Overview => {
  const choice = secretsChoice(objects);
  if (!choice)
    throw new Error(
      `clusters/${cluster}/kustomization.yaml: chooses no source of Secrets; its components must have one of ${Object.keys(
        choices,
      )
        .map((name) => `../../overlays/secrets/${name}`)
        .join(', ')}`,
    );
  const needed = neededSecrets(objects);
  const known = [...needed, ...optionals].map(({ name }) => name);
  return {
    choice,
    needed: [
      ...needed.map((declaration) => rowOf(objects, cluster, choice, declaration)),
      ...undeclaredSecrets(objects, known).map(undeclaredRow),
    ],
    optional: optionals
      .filter(({ name }) => readersOf(objects, name).length > 0)
      .map((secret) => ({
        name: secret.name,
        keys: Object.keys(secret.contents),
        madeBy: person,
        purpose: secret.purpose,
        todo: createOptional(secret),
      })),
  };
};
