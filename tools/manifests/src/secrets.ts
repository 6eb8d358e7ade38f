/** The Secrets of a render: their readers, which of them are needed, and their source. */
import { secrets } from '@cost-onprem/contracts';
import { toMake, type SecretDeclaration } from '@cost-onprem/kit';
import { configMapNamed } from './hash-suffix.ts';
import { at, containersOf, podTemplateOf, type Manifest, type PodSpec } from './manifest.ts';

interface SecretReference {
  readonly name: string;
  /** Absent: the whole Secret. */
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

/** Objects whose pods read a Secret, if it exists. */
export const readersOf = (objects: readonly Manifest[], name: string): readonly Manifest[] =>
  objects.filter((object) => refersTo(object, name, false));

/** A declaration reduced to the keys that some pod reads, because a Secret needs no other keys. */
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

/** The declared Secrets without which a pod of the cluster would not start, or could not log in to a server. */
export const neededSecrets = (objects: readonly Manifest[]): readonly SecretDeclaration[] =>
  secrets
    .filter(
      ({ name, readWith }: SecretDeclaration) =>
        objects.some((object) => refersTo(object, name, true)) ||
        (readWith && configMapNamed(objects, readWith.name)?.data?.[readWith.key] !== undefined),
    )
    .map((declaration) => asRead(objects, declaration));

/** Sources of a cluster's Secrets: the folders of overlays/secrets. */
export type SecretsChoice = 'generated' | 'external' | 'sealed' | 'existing';

/** The source that a cluster chose, or undefined without a choice. */
export const secretsChoice = (objects: readonly Manifest[]): SecretsChoice | undefined =>
  configMapNamed(objects, 'secrets-choice')?.data?.['choice'] as SecretsChoice | undefined;

/** Whether a Secret comes with a bucket, whatever the source of the others. */
export const comesWithBucket = (objects: readonly Manifest[], name: string): boolean =>
  objects.some(({ kind, metadata }) => kind === 'ObjectBucketClaim' && metadata.name === name);

/** Needed Secrets that the chosen source must create: all but those that come with a bucket. */
export const secretsToMake = (objects: readonly Manifest[]): readonly SecretDeclaration[] =>
  neededSecrets(objects).filter(({ name }) => !comesWithBucket(objects, name));

/** Whether random values work in this cluster, because its own servers take them from the Secret. */
export const mayBeRandom = (objects: readonly Manifest[], declaration: SecretDeclaration): boolean =>
  configMapNamed(objects, toMake(declaration).configMap) !== undefined;

/** Keys that an ExternalSecret or a SealedSecret puts into a Secret. */
export const keysBrought = (objects: readonly Manifest[], kind: string, name: string): readonly string[] =>
  objects
    .filter((object) => object.kind === kind && (at(object.spec, 'target', 'name') ?? object.metadata.name) === name)
    .flatMap(({ spec }) => [
      ...((at(spec, 'data') ?? []) as readonly { readonly secretKey: string }[]).map(({ secretKey }) => secretKey),
      ...Object.keys((at(spec, 'encryptedData') ?? {}) as object),
    ]);
