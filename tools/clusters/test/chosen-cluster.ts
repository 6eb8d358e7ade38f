import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mapValues } from '@cost-onprem/kit';
import { dump } from 'js-yaml';
import { kustomizeBuild } from '../../manifests/src/kustomize.ts';
import { parseManifests, type Manifest } from '../../manifests/src/manifest.ts';
import { comesWithBucket, neededSecrets } from '../../manifests/src/secrets.ts';
import { repository } from '../../repository/src/repository.ts';
import { inOrder, readOverlays } from '../src/overlays.ts';
import { examples } from '../src/settings.ts';

const overlays = readOverlays(repository);

/** As `npm run seal` would write them, but with other values. */
const sealed = (objects: readonly Manifest[]): readonly object[] =>
  neededSecrets(objects)
    .filter(({ name }) => !comesWithBucket(objects, name))
    .map(({ name, lengths }) => ({
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      metadata: { name, annotations: { 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' } },
      spec: { encryptedData: mapValues(lengths, () => 'AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq') },
    }));

const references = (names: readonly string[]): readonly string[] => names.map((name) => `../../overlays/${name}`);

const isStack = (name: string): boolean => name.startsWith('stacks/');

/** Writes a cluster of some choices, of the settings that they require, and of more keys for its file. */
export const writeCluster = async (
  root: string,
  name: string,
  choices: ReadonlySet<string>,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> => {
  const folder = join(root, 'clusters', name);
  const stacks = references([...choices].filter(isStack));
  const components = [...choices].filter((choice) => !isStack(choice));
  const write = (resources: readonly string[]) =>
    writeFileSync(
      join(folder, 'kustomization.yaml'),
      dump({
        namespace: 'cost-onprem',
        resources,
        components: references(inOrder(components, overlays)),
        configMapGenerator: examples(choices),
        ...more,
      }),
    );
  mkdirSync(folder, { recursive: true });
  write(stacks);
  if (!choices.has('secrets/sealed')) return;
  const objects = sealed(parseManifests(await kustomizeBuild(folder)));
  writeFileSync(join(folder, 'sealed.yaml'), objects.map((object) => dump(object)).join('---\n'));
  write([...stacks, 'sealed.yaml']);
};
