/** Kustomize ends the name of what it generates in a hash of the contents. */
import type { Manifest } from './manifest.ts';

/** Characters that spell no word (tools/documentation/facts/kubernetes.md#hashes-of-generated-names). */
const suffix = /-[2456789bcdfghkmt]{10}$/;

/** A name as its generator has it; one without a hash as it is. */
export const withoutHash = (name: string): string => name.replace(suffix, '');

/** Whether an object is the ConfigMap of a name, generated or not. */
export const isConfigMap = ({ kind, metadata }: Manifest, name: string): boolean =>
  kind === 'ConfigMap' && (metadata.name === name || withoutHash(metadata.name) === name);

/** The ConfigMap of a name, generated or not. */
export const configMapNamed = (objects: readonly Manifest[], name: string): Manifest | undefined =>
  objects.find((object) => isConfigMap(object, name));
