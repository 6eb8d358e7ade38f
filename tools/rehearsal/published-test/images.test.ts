/** The rehearsal can replace each server of this project's own applications. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { kustomizeBuild } from '../../manifests/src/kustomize.ts';
import { repository } from '../../repository/src/repository.ts';
import { copyRepository } from '../../scratch/src/copy.ts';
import { exampleNames } from '../../scratch/src/examples.ts';
import { serverFor } from '../src/images/recipes.ts';

const { root, remove } = copyRepository('images');
afterAll(remove);

/** Versions, without a leading v, that the generated bases pin of an image. */
const pinnedVersions = (image: string): readonly string[] => {
  const libraries = join(repository, 'libs');
  const yaml = readdirSync(libraries, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\/base\/.*[.]yaml$/.test(file))
    .map((file) => readFileSync(join(libraries, file), 'utf8'))
    .join('\n');
  return [...new Set([...yaml.matchAll(new RegExp(`image: ${image}:v?(\\S+)`, 'g'))].map(([, tag = '']) => tag))];
};

describe('a stand-in', () => {
  test.each(exampleNames)('exists for every server that the cluster %s pins', async (cluster) => {
    const yaml = await kustomizeBuild(join(root, 'clusters', cluster));
    const pinned = [...new Set([...yaml.matchAll(/^[ -]*image: "?([^\s"]+)/gm)].map(([, image = '']) => image))];
    expect(pinned.length).toBeGreaterThan(1);
    // No package registry has Koku, ingress, ROS and Kruize.
    const applications = pinned.filter((image) => serverFor(image) === undefined);
    expect(applications.map((image) => /([^/:]+):[^:]+$/.exec(image)?.[1]).toSorted()).toEqual([
      'autotune',
      'insights-ingress-go',
      'koku',
      'ros-ocp-backend',
    ]);
  });

  // Others have Debian's version (tools/rehearsal/images/README.md).
  test.each([
    ['docker.io/apache/kafka', 'images/kafka/pom.xml'],
    ['docker.io/versity/versitygw', 'modules/versitygw/go.mod'],
    ['docker.io/oliver006/redis_exporter', 'modules/redis_exporter/go.mod'],
  ])('for %s has the pinned version', (image, file) => {
    const versions = pinnedVersions(image).map((tag) => tag.replace(/-alpine$/, ''));
    expect(versions).toHaveLength(1);
    expect(readFileSync(join(import.meta.dirname, '..', file), 'utf8')).toMatch(versions[0] ?? '');
  });
});
