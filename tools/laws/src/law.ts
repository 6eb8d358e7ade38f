import {
  containersOf,
  identity,
  podTemplateOf,
  type Container,
  type Manifest,
  type PodSpec,
} from '../../manifests/src/manifest.ts';
import { operatorPodsOf } from '../../manifests/src/pods.ts';

/** The fault of one object, as the rest of a sentence after its name. */
export interface Finding {
  /** `Kind/name`. */
  readonly object: string;
  readonly sentence: string;
}

/** What a repository and a cluster's choices say about a render, beside its objects. */
export interface Fence {
  /** Kinds that Argo CD's project admits in a namespace, as `StatefulSet.apps` or `Service`. */
  readonly namespacedKinds: ReadonlySet<string>;
  /** Whether NetworkPolicies isolate the pods. False with the option that removes them all. */
  readonly isolated: boolean;
  /** NetworkPolicies as the chosen options write them: an option declares external servers by them. */
  readonly policiesOfOptions: readonly Manifest[];
  /** Names of the ServiceAccounts that the repository's bases create. Read only where a pod mounts a token. */
  readonly accountsOfBases: () => ReadonlySet<string>;
}

/** A rule that every render of every cluster must keep. */
export type Law = (objects: readonly Manifest[], fence: Fence) => readonly Finding[];

/** A law about each object by itself. */
export const eachObject =
  (faults: (object: Manifest) => readonly string[]): Law =>
  (objects) =>
    objects.flatMap((object) => faults(object).map((sentence) => ({ object: identity(object), sentence })));

/** A law about each pod that an object would create. */
export const eachPod = (faults: (pod: PodSpec) => readonly string[]): Law =>
  eachObject((object) => {
    const pod = podTemplateOf(object)?.spec;
    return pod ? faults(pod) : [];
  });

const withoutImage = 'has no image: a patch with another container name adds a container';

/**
 * A law about each container, init containers included. Its name precedes the sentence. A container without an image comes
 * from a wrong patch, so report only that, because further faults would hide it.
 */
export const eachContainer = (faults: (container: Container) => readonly string[]): Law =>
  eachPod((pod) =>
    containersOf(pod).flatMap((container) =>
      (container.image ? faults(container) : [withoutImage]).map(
        (sentence) => `container ${container.name}: ${sentence}`,
      ),
    ),
  );

/** A law about each container of an operator's pods. The operator decides what the object does not set. */
export const eachOperatorContainer = (faults: (container: Container) => readonly string[]): Law =>
  eachObject((object) =>
    operatorPodsOf(object)
      .flatMap(({ spec }) => containersOf(spec))
      .flatMap((container) => faults(container).map((sentence) => `container ${container.name}: ${sentence}`)),
  );
