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

/** A Secret that a render names and no application declares, such as a certificate or a registry's password. */
export interface UndeclaredSecret {
  readonly name: string;
  /** `kubernetes.io/tls`, `kubernetes.io/dockerconfigjson`, or `Opaque`. */
  readonly type: string;
  /** The keys that pods read; none where all are. */
  readonly keys: readonly string[];
  /** Whether an annotation lets cert-manager create it. */
  readonly fromCertManager: boolean;
}

/**
 * Secrets that the objects need although no application declares them.
 * @param declared names of the declared ones, also of optional ones
 */
export const undeclaredSecrets = (
  objects: readonly Manifest[],
  declared: readonly string[],
): readonly UndeclaredSecret[] => {
  const pods = objects.flatMap((object) => podTemplateOf(object)?.spec ?? []);
  const read = pods.flatMap(referencesOf).filter(({ name, optional }) => !optional && !declared.includes(name));
  const pulled = pods.flatMap((pod) => (at(pod, 'imagePullSecrets') ?? []) as readonly { readonly name: string }[]);
  const certificates = objects
    .filter(({ kind }) => kind === 'Ingress')
    .flatMap(({ metadata, spec }) =>
      ((at(spec, 'tls') ?? []) as readonly { readonly secretName?: string }[]).flatMap(({ secretName }) =>
        secretName === undefined
          ? []
          : [
              {
                name: secretName,
                type: 'kubernetes.io/tls',
                keys: ['tls.crt', 'tls.key'],
                fromCertManager: Object.keys(metadata.annotations ?? {}).some((key) =>
                  key.startsWith('cert-manager.io/'),
                ),
              },
            ],
      ),
    );
  const all: readonly UndeclaredSecret[] = [
    ...certificates,
    ...pulled.map(({ name }) => ({
      name,
      type: 'kubernetes.io/dockerconfigjson',
      keys: ['.dockerconfigjson'],
      fromCertManager: false,
    })),
    ...[...Map.groupBy(read, ({ name }) => name)].map(([name, references]) => ({
      name,
      type: 'Opaque',
      keys: [...new Set(references.flatMap(({ key }) => key ?? []))],
      fromCertManager: false,
    })),
  ];
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
};

/** Keys that an ExternalSecret or a SealedSecret puts into a Secret. */
export const keysBrought = (objects: readonly Manifest[], kind: string, name: string): readonly string[] =>
  objects
    .filter((object) => object.kind === kind && (at(object.spec, 'target', 'name') ?? object.metadata.name) === name)
    .flatMap(({ spec }) => [
      ...((at(spec, 'data') ?? []) as readonly { readonly secretKey: string }[]).map(({ secretKey }) => secretKey),
      ...Object.keys((at(spec, 'encryptedData') ?? {}) as object),
    ]);
