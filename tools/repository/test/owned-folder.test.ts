import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { driftOf, writeFolder } from '../src/owned-folder.ts';

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
