import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildImages, imageOf } from '../src/images/build.ts';
import { imageFolders, serverFor } from '../src/images/recipes.ts';

const images = join(import.meta.dirname, '../images');

describe('a stand-in', () => {
  test.each([
    'docker.io/valkey/valkey:8.0.1',
    'valkey',
    'localhost:5000/valkey',
    'mirror.example.com:5000/some/where/valkey:9@sha256:0123456789abcdef',
    'docker.io/valkey/valkey@sha256:0123456789abcdef',
  ])('is found by the last part of a path: %s', (image) => {
    expect(serverFor(image)).toBe('valkey');
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
