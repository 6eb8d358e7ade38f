/** What a render says of its Secrets: who reads them, which are needed, and who makes them. */
import { secrets } from '@cost-onprem/contracts';
import { toMake, type SecretDeclaration } from '@cost-onprem/kit';
import { configMapNamed } from './hash-suffix.ts';
import { at, containersOf, podTemplateOf, type Manifest, type PodSpec } from './manifest.ts';

interface SecretReference {
  readonly name: string;
  /** Left out: the whole Secret. */
  readonly key?: string;
  readonly optional?: boolean | undefined;
}

const referencesOf = (pod: PodSpec): readonly SecretReference[] => {
  const volumes = (pod.volumes ?? []).flatMap((volume) => [volume, ...(volume.projected?.sources ?? [])]);
  const containers = containersOf(pod);
  return [
    ...volumes.flatMap(({ secret }) =>
      secret ? [{ name: secret.secretName ?? secret.name ?? '', optional: secret.optional }] : [],
    ),
    ...containers.flatMap(({ env = [] }) => env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? [])),
    ...containers.flatMap(({ envFrom = [] }) => envFrom.flatMap(({ secretRef }) => secretRef ?? [])),
  ];
};

const refersTo = (object: Manifest, name: string, required: boolean): boolean =>
  referencesOf(podTemplateOf(object)?.spec ?? {}).some(
    (reference) => reference.name === name && !(required && reference.optional),
  );

/** Objects whose pods read a Secret, if it is there. */
export const readersOf = (objects: readonly Manifest[], name: string): readonly Manifest[] =>
  objects.filter((object) => refersTo(object, name, false));

/** A declaration with the keys alone that some pod reads: who brings a Secret need not bring what nobody asks for. */
const asRead = (objects: readonly Manifest[], declaration: SecretDeclaration): SecretDeclaration => {
  const read = objects
    .flatMap((object) => referencesOf(podTemplateOf(object)?.spec ?? {}))
    .filter(({ name }) => name === declaration.name);
  if (read.some(({ key }) => key === undefined)) return declaration;
  const lengths = Object.entries(declaration.lengths).filter(([key]) =>
    read.some((reference) => reference.key === key),
  );
  return { ...declaration, lengths: Object.fromEntries(lengths) };
};

/** The declared Secrets without which some pod of a cluster would not start, or would not be let in somewhere. */
export const neededSecrets = (objects: readonly Manifest[]): readonly SecretDeclaration[] =>
  secrets
    .filter(
      ({ name, readWith }: SecretDeclaration) =>
        objects.some((object) => refersTo(object, name, true)) ||
        (readWith && configMapNamed(objects, readWith.name)?.data?.[readWith.key] !== undefined),
    )
    .map((declaration) => asRead(objects, declaration));

/** Ways in which a cluster's Secrets come about: the folders of overlays/secrets. */
export type SecretsChoice = 'generated' | 'external' | 'sealed' | 'existing';

/** The way that a cluster chose, or undefined where it chose none. */
export const secretsChoice = (objects: readonly Manifest[]): SecretsChoice | undefined =>
  configMapNamed(objects, 'secrets-choice')?.data?.['choice'] as SecretsChoice | undefined;

/** Whether a Secret comes with a bucket, whoever makes the others. */
export const comesWithBucket = (objects: readonly Manifest[], name: string): boolean =>
  objects.some(({ kind, metadata }) => kind === 'ObjectBucketClaim' && metadata.name === name);

/** Needed Secrets that somebody must make: all but those that come with a bucket. */
export const secretsToMake = (objects: readonly Manifest[]): readonly SecretDeclaration[] =>
  neededSecrets(objects).filter(({ name }) => !comesWithBucket(objects, name));

/** Whether any random values will do in this cluster, for its own servers take them from the Secret. */
export const mayBeRandom = (objects: readonly Manifest[], declaration: SecretDeclaration): boolean =>
  configMapNamed(objects, toMake(declaration).configMap) !== undefined;

/** Keys that an object of another kind brings into a Secret: an ExternalSecret or a SealedSecret. */
export const keysBrought = (objects: readonly Manifest[], kind: string, name: string): readonly string[] =>
  objects
    .filter((object) => object.kind === kind && (at(object.spec, 'target', 'name') ?? object.metadata.name) === name)
    .flatMap(({ spec }) => [
      ...((at(spec, 'data') ?? []) as readonly { readonly secretKey: string }[]).map(({ secretKey }) => secretKey),
      ...Object.keys((at(spec, 'encryptedData') ?? {}) as object),
    ]);
