/** Laws about a container's variables: one value each, and no reference that stays text. */
import { configMapNamed } from '../../manifests/src/hash-suffix.ts';
import type { Container, Manifest } from '../../manifests/src/manifest.ts';
import { eachContainer, type Law } from './law.ts';

/** A variable has one value: of two, the kubelet silently uses the last, and server-side apply refuses both. */
export const variablesOnce = eachContainer(({ env = [] }) => {
  const names = env.map(({ name }) => name);
  return names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => `the variable ${name} is given twice`);
});

/** `$(NAME)`, but not `$$(NAME)`, which stands for the text. */
const reference = /\$\$|\$\(([-._a-zA-Z][-._a-zA-Z0-9]*)\)/g;

const referencesIn = (value: string): readonly string[] =>
  [...value.matchAll(reference)].flatMap(([, name]) => name ?? []);

type Variable = NonNullable<Container['env']>[number];

/** Whether a container has a variable in any case. One whose key is optional and not in the render may be missing. */
const isThere = ({ valueFrom }: Variable, objects: readonly Manifest[]): boolean => {
  const { configMapKeyRef, secretKeyRef } = valueFrom ?? {};
  return (
    !(configMapKeyRef ?? secretKeyRef)?.optional ||
    (configMapKeyRef !== undefined &&
      configMapNamed(objects, configMapKeyRef.name)?.data?.[configMapKeyRef.key] !== undefined)
  );
};

/** Whether whole ConfigMaps and Secrets give a container a variable. The keys of those outside the render are unknown. */
const mayCome = (name: string, { envFrom = [] }: Container, objects: readonly Manifest[]): boolean =>
  envFrom.some(({ configMapRef, secretRef }) => {
    const configMap = configMapRef && configMapNamed(objects, configMapRef.name);
    return secretRef !== undefined || (configMapRef !== undefined && !configMap) || name in (configMap?.data ?? {});
  });

const unresolved = (container: Container, objects: readonly Manifest[]): readonly string[] => {
  const { env = [] } = container;
  return env.flatMap(({ name, value = '' }, index) =>
    referencesIn(value)
      .filter(
        (other) =>
          !env.slice(0, index).some((earlier) => earlier.name === other && isThere(earlier, objects)) &&
          !mayCome(other, container, objects),
      )
      .map(
        (other) =>
          `the variable ${name} names $(${other}), which Kubernetes leaves as text, because no earlier variable of the container is surely ${other}: declare ${other} before ${name}, or write $$(${other}) for the text`,
      ),
  );
};

/** Kubernetes replaces `$(NAME)` in a value only by a variable that stands earlier in the container's list. */
export const referencesResolve: Law = (objects, fence) =>
  eachContainer((container) => unresolved(container, objects))(objects, fence);
