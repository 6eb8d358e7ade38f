/** An overlay that adds a server patches its clients; Kustomize silently misses a client that comes later. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { presenceFolder } from '@cost-onprem/kit';
import { at, identity, type Manifest } from '../../manifests/src/manifest.ts';
import { parseKustomization } from './kustomization.ts';

/** The labels by which policies admit a client's pods to servers. A patch of a client has those that it adds. */
const podLabels = ({ kind, spec }: Pick<Manifest, 'kind' | 'spec'>): Readonly<Record<string, string>> => {
  const template = kind === 'CronJob' ? ['jobTemplate', 'spec', 'template'] : ['template'];
  return (at(spec, ...template, 'metadata', 'labels') ?? {}) as Readonly<Record<string, string>>;
};

const patchesOf = (overlay: string, root: string): readonly Manifest[] =>
  globSync(`libs/*/base/${presenceFolder(overlay)}/kustomization.yaml`, { cwd: root })
    .toSorted()
    .flatMap((file) =>
      (parseKustomization(readFileSync(join(root, file), 'utf8')).patches ?? []).flatMap(({ path }) =>
        path ? [load(readFileSync(join(root, dirname(file), path), 'utf8')) as Manifest] : [],
      ),
    );

/**
 * Every client of a cluster that an overlay did not patch for its server.
 * @param overlays of the cluster, as folders of overlays/
 */
export const unjoinedFaults = (
  overlays: ReadonlySet<string>,
  objects: readonly Manifest[],
  root: string,
): readonly string[] =>
  [...overlays].flatMap((overlay) =>
    patchesOf(overlay, root).flatMap((patch) => {
      const client = objects.find((object) => identity(object) === identity(patch));
      const missing = client ? Object.keys(podLabels(patch)).filter((label) => !(label in podLabels(client))) : [];
      return missing.length > 0
        ? [
            `lists ${overlay} before the overlay that adds ${identity(patch)}, so that object lacks ${missing.join(' and ')}; list ${overlay} after it`,
          ]
        : [];
    }),
  );
