import { volumes } from './volumes.ts';
import type { Endpoint, Sidecar, Workload } from './vocabulary.ts';

/** The name of a sidecar's row in a profile. */
export const sidecarRow = (workload: Workload, { name }: Sidecar): string => `${workload.name}/${name}`;

/** The workload as if the sidecar were its only container, so that the same follows from it as from a main container. */
export const alone = ({ name, purpose, kind, wave }: Workload, { name: _name, ...own }: Sidecar): Workload => ({
  name,
  purpose,
  kind,
  wave,
  ...own,
});

/** What a sidecar mounts: under names that no other container of the pod has. */
export const sidecarVolumes = (workload: Workload, sidecar: Sidecar): ReturnType<typeof volumes> =>
  volumes(alone(workload, sidecar)).map(({ volume, mount }) => {
    const name = `${sidecar.name}-${mount.name}`;
    return { volume: { ...volume, name }, mount: { ...mount, name } };
  });

/** All ports of a pod, whichever container listens on them. */
export const portsOf = ({ listens, sidecars = [] }: Workload): readonly Endpoint[] =>
  [{ listens }, ...sidecars].flatMap(({ listens: declared = {} }) => Object.values(declared));
