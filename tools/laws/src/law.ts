import {
  containersOf,
  identity,
  podTemplateOf,
  type Container,
  type Manifest,
  type PodSpec,
} from '../../manifests/src/manifest.ts';
import { operatorPodsOf } from '../../manifests/src/pods.ts';

/** What is wrong with one object, as a sentence that goes on after its name. */
export interface Finding {
  /** `Kind/name`. */
  readonly object: string;
  readonly sentence: string;
}

/** A rule that every render of every cluster keeps. */
export type Law = (objects: readonly Manifest[]) => readonly Finding[];

/** A law about each object by itself. */
export const eachObject =
  (faults: (object: Manifest) => readonly string[]): Law =>
  (objects) =>
    objects.flatMap((object) => faults(object).map((sentence) => ({ object: identity(object), sentence })));

/** A law about each pod that would be made. */
export const eachPod = (faults: (pod: PodSpec) => readonly string[]): Law =>
  eachObject((object) => {
    const pod = podTemplateOf(object)?.spec;
    return pod ? faults(pod) : [];
  });

const withoutImage = 'has no image: a patch with another container name adds a container';

/**
 * A law about each container, init containers included; its name is put before the sentence. A container without an
 * image is not meant to be one: what else it lacks would only hide that.
 */
export const eachContainer = (faults: (container: Container) => readonly string[]): Law =>
  eachPod((pod) =>
    containersOf(pod).flatMap((container) =>
      (container.image ? faults(container) : [withoutImage]).map(
        (sentence) => `container ${container.name}: ${sentence}`,
      ),
    ),
  );

/** A law about each container of the pods that an operator makes; what it does not tell, the operator decides. */
export const eachOperatorContainer = (faults: (container: Container) => readonly string[]): Law =>
  eachObject((object) =>
    operatorPodsOf(object)
      .flatMap(({ spec }) => containersOf(spec))
      .flatMap((container) => faults(container).map((sentence) => `container ${container.name}: ${sentence}`)),
  );
