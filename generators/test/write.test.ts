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
  test('it writes its files and removes all others', () => {
    mkdirSync(join(root, 'base'));
    writeFileSync(join(root, 'base/left-over.yaml'), 'old');
    expect(writeFolder(root, 'base', files)).toBe(true);
    expect(readdirSync(join(root, 'base')).toSorted()).toEqual(['files', 'kustomization.yaml']);
    expect(readFileSync(join(root, 'base/files/shop/nginx.conf'), 'utf8')).toBe('events {}\n');
  });

  test('it does not touch a folder that is up to date', () => {
    writeFolder(root, 'base', files);
    expect(writeFolder(root, 'base', files)).toBe(false);
  });

  test('it names each file that is missing, edited or not generated', () => {
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

  test('when it fails half-way, the folder is unchanged and no temporary folder is left', () => {
    writeFolder(root, 'base', files);
    const impossible = { ...files, 'kustomization.yaml': 'changed', 'kustomization.yaml/inside': 'no such place' };
    expect(() => writeFolder(root, 'base', impossible)).toThrow(/kustomization\.yaml/);
    expect(readFileSync(join(root, 'base/kustomization.yaml'), 'utf8')).toBe('kind: Kustomization\n');
    expect(readdirSync(root)).toEqual(['base']);
  });
});

test('the committed bases equal what the declarations give, byte for byte, each time', async () => {
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

test('an unknown library is refused with the names of all libraries', async () => {
  await expect(outputsOf('kokko')).rejects.toThrow(/unknown library kokko; the libraries are contracts, .*koku/);
});

test('an edited generated file is refused by name', () => {
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
      'libs/valkey/base/valkey.yaml: differs from the declarations (edited); change libs/*/src instead and run npm run generate',
    ]);
  } finally {
    remove();
  }
});
