/** Kustomize appends a hash of the contents to the names of generated objects. */
import type { Manifest } from './manifest.ts';

/** The characters of a hash, which spell no word (tools/documentation/facts/kubernetes.md#hashes-of-generated-names). */
const suffix = /-[2456789bcdfghkmt]{10}$/;

/** A name without its hash. A name without a hash stays the same. */
export const withoutHash = (name: string): string => name.replace(suffix, '');

/** Whether an object is the ConfigMap of a name, generated or not. */
export const isConfigMap = ({ kind, metadata }: Manifest, name: string): boolean =>
  kind === 'ConfigMap' && (metadata.name === name || withoutHash(metadata.name) === name);

/** The ConfigMap of a name, generated or not. */
export const configMapNamed = (objects: readonly Manifest[], name: string): Manifest | undefined =>
  objects.find((object) => isConfigMap(object, name));
