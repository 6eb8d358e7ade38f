import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { copyRepository } from '../../tools/scratch/src/copy.ts';
import { outputsOf, writers } from '../src/outputs.ts';
import { driftOf, fileDriftOf, writeFolder } from '../src/write.ts';
import { repository } from '../../tools/repository/src/repository.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'write-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const files = { 'kustomization.yaml': 'kind: Kustomization\n', 'files/shop/nginx.conf': 'events {}\n' };

describe('the writer owns its folder', () => {
  test('it writes what belongs there, and removes what it did not write', () => {
    mkdirSync(join(root, 'base'));
    writeFileSync(join(root, 'base/left-over.yaml'), 'old');
    expect(writeFolder(root, 'base', files)).toBe(true);
    expect(readdirSync(join(root, 'base')).toSorted()).toEqual(['files', 'kustomization.yaml']);
    expect(readFileSync(join(root, 'base/files/shop/nginx.conf'), 'utf8')).toBe('events {}\n');
  });

  test('what is right already is not touched', () => {
    writeFolder(root, 'base', files);
    expect(writeFolder(root, 'base', files)).toBe(false);
  });

  test('it names each file that is missing, edited or foreign', () => {
    writeFolder(root, 'base', files);
    rmSync(join(root, 'base/files'), { recursive: true });
    writeFileSync(join(root, 'base/kustomization.yaml'), 'kind: Kustomization\nnamespace: mine\n');
    writeFileSync(join(root, 'base/mine.yaml'), '');
    expect(driftOf(root, 'base', files)).toEqual([
      { file: 'base/files/shop/nginx.conf', what: 'missing' },
      { file: 'base/kustomization.yaml', what: 'edited' },
      { file: 'base/mine.yaml', what: 'not generated' },
    ]);
  });

  test('when it fails half-way, the folder is as it was and nothing is left beside it', () => {
    writeFolder(root, 'base', files);
    const impossible = { ...files, 'kustomization.yaml': 'changed', 'kustomization.yaml/inside': 'no such place' };
    expect(() => writeFolder(root, 'base', impossible)).toThrow(/kustomization\.yaml/);
    expect(readFileSync(join(root, 'base/kustomization.yaml'), 'utf8')).toBe('kind: Kustomization\n');
    expect(readdirSync(root)).toEqual(['base']);
  });
});

test('the committed bases are what the declarations give, byte for byte, each time', async () => {
  for (const library of writers()) {
    const outputs = await outputsOf(library);
    expect(outputs).toEqual(await outputsOf(library));
    for (const [folder, wanted] of Object.entries(outputs)) {
      expect(existsSync(join(repository, folder))).toBe(true);
      const drift =
        typeof wanted === 'string' ? fileDriftOf(repository, folder, wanted) : driftOf(repository, folder, wanted);
      expect(drift).toEqual([]);
    }
  }
});

test('an unknown library is refused with the names of those that there are', async () => {
  await expect(outputsOf('kokko')).rejects.toThrow(/unknown library kokko; there are contracts, .*koku/);
});

test('an edited generated file is refused with a sentence that names it', () => {
  const { root: copy, remove } = copyRepository('edited');
  try {
    const file = join(copy, 'libs/valkey/base/valkey.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('maxUnavailable: 1', 'maxUnavailable: 2'));
    const { status, stderr } = spawnSync(process.execPath, ['generators/src/generate.ts', '--check'], {
      cwd: copy,
      encoding: 'utf8',
    });
    expect([status, stderr.trim().split('\n').at(-1)]).toEqual([
      1,
      'libs/valkey/base/valkey.yaml: edited; it must be what the declarations give: edit those, and run npm run generate',
    ]);
  } finally {
    remove();
  }
});
