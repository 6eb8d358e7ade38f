/** The pods that Kubernetes or an operator creates from an object, and the other objects that an operator creates. */
import { operatorKinds, type MadeObject, type OperatorKind, type Path } from '@cost-onprem/kit/operator-kinds';
import {
  at,
  containersOf,
  kindOf,
  podKindOf,
  podTemplateOf,
  type Container,
  type Manifest,
  type PodSpec,
} from './manifest.ts';

/** Pods with the same template. */
export interface Pods {
  /** The number of pods that run at the same time; 0 for pods that run to completion. */
  readonly replicas: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
}

/** Knowledge about an operator's object. */
export const operatorKindOf = (object: Manifest): OperatorKind | undefined =>
  (operatorKinds as Readonly<Record<string, OperatorKind>>)[kindOf(object)];

const count = (object: Manifest, where: Path | number): number =>
  typeof where === 'number' ? where : Number(at(object, ...where) ?? 1);

/** Pods that an operator creates, as far as the object describes them. */
export const operatorPodsOf = (object: Manifest): readonly Pods[] => {
  const { pods } = operatorKindOf(object) ?? {};
  const containers = (pods?.containers ?? []).flatMap(({ name, at: path, image: field }): readonly Container[] => {
    const given = at(object, ...path);
    if (given === undefined) return [];
    const image = field === undefined ? undefined : (at(given, field) as string | undefined);
    return [{ name, resources: at(given, 'resources') ?? {}, ...(image !== undefined && { image }) }];
  });
  return pods && containers.length > 0
    ? [
        {
          replicas: count(object, pods.replicas),
          labels: pods.labels(object.metadata.name, object.metadata.labels ?? {}),
          spec: { containers },
        },
      ]
    : [];
};

/** All pods that result from an object. */
export const podsOf = (object: Manifest): readonly Pods[] => {
  const template = podTemplateOf(object);
  if (!template) return operatorPodsOf(object);
  const replicas = podKindOf(object)?.pods === 'end' ? 0 : Number(at(object.spec, 'replicas') ?? 1);
  return [{ replicas, labels: template.metadata?.labels ?? {}, spec: template.spec }];
};

/** The images that an object names. */
export const imagesOf = (object: Manifest): readonly string[] =>
  podsOf(object).flatMap(({ spec }) => containersOf(spec).flatMap(({ image }) => image ?? []));

/** Objects that an operator creates, to which others may refer. */
export const madeOf = (object: Manifest): readonly MadeObject[] =>
  operatorKindOf(object)?.makes?.(object.metadata.name) ?? [];
