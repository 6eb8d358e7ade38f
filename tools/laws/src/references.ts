/** Another object provides every name that an object refers to, or a declaration says that the cluster creates it. */
import { secrets } from '@cost-onprem/contracts';
import {
  at,
  containersOf,
  identity,
  podTemplateOf,
  type Manifest,
  type PodSpec,
  type VolumeSource,
} from '../../manifests/src/manifest.ts';
import { madeOf } from '../../manifests/src/pods.ts';
import type { Finding, Law } from './law.ts';

interface Need {
  readonly kind: 'ConfigMap' | 'Secret' | 'Service' | 'ServiceAccount' | 'PersistentVolumeClaim';
  readonly name: string;
  readonly key?: string | undefined;
}

const volumeNeeds = ({ configMap, secret }: VolumeSource): readonly Need[] => [
  ...(configMap?.name && !configMap.optional ? [{ kind: 'ConfigMap', name: configMap.name } as const] : []),
  ...(secret && !secret.optional ? [{ kind: 'Secret', name: secret.secretName ?? secret.name ?? '' } as const] : []),
];

const podNeeds = (pod: PodSpec): readonly Need[] => [
  ...(pod.serviceAccountName ? [{ kind: 'ServiceAccount', name: pod.serviceAccountName } as const] : []),
  ...(pod.volumes ?? []).flatMap((volume) => [
    ...volumeNeeds(volume),
    ...(volume.projected?.sources ?? []).flatMap(volumeNeeds),
    ...(volume.persistentVolumeClaim
      ? [{ kind: 'PersistentVolumeClaim', name: volume.persistentVolumeClaim.claimName } as const]
      : []),
  ]),
  ...containersOf(pod).flatMap(({ env = [], envFrom = [] }) => [
    ...env.flatMap(({ valueFrom: { configMapKeyRef, secretKeyRef } = {} }): readonly Need[] => [
      ...(configMapKeyRef && !configMapKeyRef.optional
        ? [{ kind: 'ConfigMap', name: configMapKeyRef.name, key: configMapKeyRef.key } as const]
        : []),
      ...(secretKeyRef && !secretKeyRef.optional
        ? [{ kind: 'Secret', name: secretKeyRef.name, key: secretKeyRef.key } as const]
        : []),
    ]),
    ...envFrom.flatMap(({ configMapRef, secretRef }): readonly Need[] => [
      ...(configMapRef && !configMapRef.optional ? [{ kind: 'ConfigMap', name: configMapRef.name } as const] : []),
      ...(secretRef && !secretRef.optional ? [{ kind: 'Secret', name: secretRef.name } as const] : []),
    ]),
  ]),
];

const backends = (object: Manifest): readonly string[] => {
  const { kind, spec } = object;
  if (kind === 'Route') return [at(spec, 'to', 'name')].filter((name) => typeof name === 'string');
  if (kind === 'StatefulSet') return [at(spec, 'serviceName')].filter((name) => typeof name === 'string');
  if (kind === 'HTTPRoute' || kind === 'Ingress') {
    const rules = (at(spec, 'rules') ?? []) as readonly unknown[];
    return rules.flatMap((rule) => {
      const paths = (at(rule, 'http', 'paths') ?? []) as readonly unknown[];
      const targets = (at(rule, 'backendRefs') ?? []) as readonly unknown[];
      return [
        ...paths.map((path) => at(path, 'backend', 'service', 'name')),
        ...targets.map((to) => at(to, 'name')),
      ].filter((name) => typeof name === 'string');
    });
  }
  return [];
};

const needsOf = (object: Manifest): readonly Need[] => {
  const pod = podTemplateOf(object)?.spec;
  return [...(pod ? podNeeds(pod) : []), ...backends(object).map((name) => ({ kind: 'Service', name }) as const)];
};

type Provided = readonly [object: string, keys: ReadonlySet<string>];

/** Keys of the cluster's future objects: rendered objects, what operators create from them, and the declared Secrets. */
export const provided = (objects: readonly Manifest[]): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map([
    ...secrets.map(({ name, lengths }): Provided => [`Secret/${name}`, new Set(Object.keys(lengths))]),
    ...objects.map((object): Provided => [
      identity(object),
      new Set(Object.keys({ ...object.data, ...object.stringData })),
    ]),
    ...objects.flatMap(madeOf).map(({ kind, name, keys = [] }): Provided => [`${kind}/${name}`, new Set(keys)]),
  ]);

/** References to missing objects. Kustomize adds hashes in known fields only, so this law finds the fields that it missed. */
export const provides: Law = (objects) => {
  const present = provided(objects);
  return objects.flatMap((object) =>
    needsOf(object).flatMap(({ kind, name, key }): readonly Finding[] => {
      const keys = present.get(`${kind}/${name}`);
      const needer = identity(object);
      if (!keys) return [{ object: needer, sentence: `refers to ${kind} ${name}, which nothing provides` }];
      if (key === undefined || keys.has(key)) return [];
      const allowed = [...keys].sort().join(', ') || 'none';
      return [{ object: needer, sentence: `refers to key ${key} of ${kind} ${name}, which has only: ${allowed}` }];
    }),
  );
};
