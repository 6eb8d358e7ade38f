import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clusterNames } from '../../clusters/src/render.ts';
import { kustomizeBuild } from '../../manifests/src/kustomize.ts';
import { repository } from '../../repository/src/repository.ts';
import { buildImages, imageOf } from '../src/images/build.ts';
import { imageFolders, serverFor } from '../src/images/recipes.ts';

const images = join(import.meta.dirname, '../images');

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
  test.each(clusterNames())('exists for every server that the cluster %s pins', async (cluster) => {
    const yaml = await kustomizeBuild(join(repository, 'clusters', cluster));
    const pinned = [...new Set([...yaml.matchAll(/^[ -]*image: "?([^\s"]+)/gm)].map(([, image = '']) => image))];
    expect(pinned.length).toBeGreaterThan(1);
    // No package registry has Koku.
    expect(pinned.filter((image) => serverFor(image) === undefined)).toEqual([expect.stringMatching(/[/]koku:/)]);
  });

  test.each([
    'docker.io/valkey/valkey:8.0.1',
    'valkey',
    'localhost:5000/valkey',
    'mirror.example.com:5000/some/where/valkey:9@sha256:0123456789abcdef',
    'docker.io/valkey/valkey@sha256:0123456789abcdef',
  ])('is found by the last part of a path: %s', (image) => {
    expect(serverFor(image)).toBe('valkey');
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

  test.each(['docker.io/valkey/valkeyy:1', 'docker.io/library/base:1', 'registry.k8s.io/pause:3.10'])(
    'does not exist for %s',
    (image) => {
      expect(serverFor(image)).toBeUndefined();
    },
  );
});

test('every image has its folder, and a line in the table', () => {
  const folders = readdirSync(images, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).toSorted()).toEqual([...imageFolders].toSorted());
  const readme = readFileSync(join(images, 'README.md'), 'utf8');
  expect(imageFolders.filter((folder) => !readme.includes(`| \`${folder}\``))).toEqual([]);
});

describe('an image', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'images-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const named = (file: string, content: string): string => {
    writeFileSync(join(folder, file), content);
    return imageOf('coredns', { coredns: join(folder, file) }).name;
  };

  test('changes when a program in it changes, and only then', () => {
    const first = named('one', 'first');
    expect(first).toMatch(/^localhost\/stand-in\/coredns:[0-9a-f]{12}$/);
    expect(named('two', 'second')).not.toBe(first);
    expect(named('three', 'first')).toBe(first);
  });

  test('names the program that it lacks', async () => {
    await expect(buildImages(['coredns'])).rejects.toThrow('the image coredns needs the program coredns');
  });

  test('that does not exist is an error, which lists those that do', async () => {
    await expect(buildImages(['valky'])).rejects.toThrow('no image valky; did you mean valkey?');
  });
});
