/** Applies Renovate's own pattern to the sources: it must find every image that a cluster runs. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { imagesOf } from '../../manifests/src/pods.ts';
import { renderCluster } from '../src/render.ts';
import { exampleNames } from '../../scratch/src/examples.ts';
import { scratchRepository } from './scratch.ts';
import { repository } from '../../repository/src/repository.ts';

interface Manager {
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
}

const { customManagers } = JSON.parse(readFileSync(join(repository, 'renovate.json'), 'utf8')) as {
  readonly customManagers: readonly Manager[];
};

const { root, remove } = scratchRepository();
afterAll(remove);

const sources = readdirSync(join(repository, 'libs'), { recursive: true, encoding: 'utf8' })
  .map((file) => `libs/${file}`)
  .filter((file) => !file.includes('node_modules'));

const found = customManagers.flatMap(({ managerFilePatterns, matchStrings }) =>
  sources
    .filter((file) => managerFilePatterns.some((pattern) => new RegExp(pattern.slice(1, -1)).test(file)))
    .map((file) => readFileSync(join(repository, file), 'utf8'))
    .flatMap((text) =>
      matchStrings.flatMap((pattern) =>
        [...text.matchAll(new RegExp(pattern, 'g'))].map(
          ({ groups }) => `${groups?.['depName']}:${groups?.['currentValue']}`,
        ),
      ),
    ),
);

// A cluster's own images, such as those of a mirror, are in its own file.
test('Renovate finds exactly the images that the overlays run', async () => {
  const withSources = join(root, 'clusters/example-kubernetes-minimal/kustomization.yaml');
  const text = readFileSync(withSources, 'utf8');
  writeFileSync(withSources, text.replace('components:\n', 'components:\n  - ../../overlays/options/sources-api\n'));
  const renders = await Promise.all(exampleNames.map((name) => renderCluster(name, root)));
  const images = renders.flatMap(({ objects }) => objects).flatMap(imagesOf);
  expect(found.toSorted()).toEqual([...new Set(images)].toSorted());
});
