/** Every mount of a container names a volume of its pod. The API server refuses others, and no schema shows them. */
import { at, containersOf, podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import { eachObject } from './law.ts';

const namesAt = (value: unknown, ...path: readonly string[]): readonly string[] =>
  ((at(value, ...path) ?? []) as readonly unknown[]).map((entry) => String(at(entry, 'name') ?? ''));

/** Volumes of a pod, and those that a StatefulSet makes for it. */
const volumesOf = (object: Manifest): ReadonlySet<string> =>
  new Set([
    ...(podTemplateOf(object)?.spec.volumes ?? []).map(({ name }) => name),
    ...((at(object.spec, 'volumeClaimTemplates') ?? []) as readonly unknown[]).map((claim) =>
      String(at(claim, 'metadata', 'name')),
    ),
  ]);

/** Mounts, and devices, lead to volumes of the pod. */
export const mountsNamed = eachObject((object) => {
  const volumes = volumesOf(object);
  return containersOf(podTemplateOf(object)?.spec ?? {}).flatMap((container) =>
    ['volumeMounts', 'volumeDevices'].flatMap((list) =>
      namesAt(container, list)
        .filter((name) => !volumes.has(name))
        .map(
          (name) =>
            `container ${container.name} has the volume ${name} in ${list}, which its pod does not have; it has ${[...volumes].join(', ') || 'none'}`,
        ),
    ),
  );
});
