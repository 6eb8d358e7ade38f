/** Where images come from: the switch, and archives in a folder. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { archivedImages, archiveOf, fullReference } from '../src/images/archives.ts';
import { defaultPreference, parsePreference } from '../src/images/origins.ts';

describe('--images', () => {
  test('is an order, in which only archives need a folder', () => {
    expect(parsePreference('archive=/srv/images=1, packages,understudy')).toEqual({
      order: ['archive', 'packages', 'understudy'],
      archives: '/srv/images=1',
    });
    expect(parsePreference(defaultPreference).order).toEqual(['pull', 'packages', 'understudy']);
  });

  test.each([
    ['pul', '--images=pul: no origin pul; did you mean pull? there are archive, pull, packages, understudy'],
    ['', '--images=: no origin ; there are archive, pull, packages, understudy'],
    ['archive', '--images=archive: archive needs its folder, as in archive=/srv/images'],
    ['pull=/srv', '--images=pull=/srv: only archive takes a folder, pull does not'],
    ['pull,pull', '--images=pull,pull: pull is listed twice'],
  ])('%j is refused', (text, sentence) => {
    expect(() => parsePreference(text)).toThrow(sentence);
  });
});

test.each([
  ['valkey', 'docker.io/library/valkey:latest'],
  ['valkey/valkey:8', 'docker.io/valkey/valkey:8'],
  ['localhost/some:1', 'localhost/some:1'],
  ['registry:5000/some', 'registry:5000/some:latest'],
  ['quay.io/some/where@sha256:0a', 'quay.io/some/where@sha256:0a'],
])('containerd calls %s %s', (reference, full) => {
  expect(fullReference(reference)).toBe(full);
});

describe('a folder of archives', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'archives-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const archive = (file: string, members: Readonly<Record<string, unknown>>, flags = '-cf') => {
    const content = join(folder, `${file}.d`);
    mkdirSync(content);
    for (const [name, value] of Object.entries(members)) writeFileSync(join(content, name), JSON.stringify(value));
    execFileSync('tar', [flags, join(folder, file), '-C', content, '.']);
  };

  test('has the images of Docker’s archives by their tags, and of OCI’s by name or digest', () => {
    archive('docker.tar', { 'manifest.json': [{ RepoTags: ['valkey:8', 'quay.io/a/koku:1'] }] });
    archive(
      'oci.tar.gz',
      {
        'index.json': {
          manifests: [
            { digest: 'sha256:0a', annotations: { 'org.opencontainers.image.ref.name': 'quay.io/a/ros:2' } },
            { digest: 'sha256:0b' },
          ],
        },
      },
      '-czf',
    );
    const found = archivedImages(folder);
    expect(archiveOf(found, 'docker.io/library/valkey:8')?.archive).toBe(join(folder, 'docker.tar'));
    expect(archiveOf(found, 'quay.io/a/koku:1')?.name).toBe('quay.io/a/koku:1');
    expect(archiveOf(found, 'quay.io/a/ros:2')?.archive).toBe(join(folder, 'oci.tar.gz'));
    expect(archiveOf(found, 'quay.io/a/ros@sha256:0a')?.name).toBe('quay.io/a/ros:2');
  });

  test('has no image of another tag, of another registry, or of another digest', () => {
    archive('docker.tar', { 'manifest.json': [{ RepoTags: ['quay.io/a/koku:1'] }] });
    const found = archivedImages(folder);
    for (const reference of ['quay.io/a/koku:2', 'docker.io/a/koku:1', 'quay.io/a/koku:1@sha256:0a'])
      expect(archiveOf(found, reference)).toBe(undefined);
  });

  test('with another file is refused with the name of the file', () => {
    writeFileSync(join(folder, 'notes.tar'), 'no archive');
    expect(() => archivedImages(folder)).toThrow(`${join(folder, 'notes.tar')}: is not an archive of images`);
  });

  test('that does not exist is refused', () => {
    expect(() => archivedImages(join(folder, 'nowhere'))).toThrow(`${join(folder, 'nowhere')}: is not a folder`);
  });
});
