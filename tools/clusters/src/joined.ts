/** An overlay that brings a server joins its clients to it; a client that comes later is missed by Kustomize in silence. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { presenceFolder } from '@cost-onprem/kit';
import { at, identity, type Manifest } from '../../manifests/src/manifest.ts';
import { parseKustomization } from './kustomization.ts';

/** The labels by which policies let a client's pods reach its servers; a patch of a client has those that it adds. */
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
 * Every client that a cluster has and that an overlay of the cluster did not join to its server.
 * @param overlays what the cluster lists, as folders of overlays/
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
            `lists ${overlay} before what brings ${identity(patch)}, which therefore lacks ${missing.join(' and ')}; list ${overlay} after it`,
          ]
        : [];
    }),
  );
