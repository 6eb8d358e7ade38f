import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeChanges } from '../src/write.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'changes-'));
  mkdirSync(join(root, 'old'));
  writeFileSync(join(root, 'old/file'), 'old');
  writeFileSync(join(root, 'edited'), 'before');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('all changes are made, and nothing is left beside them', () => {
  writeChanges(root, [
    { path: 'edited', before: 'before', after: 'after' },
    { path: 'new/deep/file', after: 'new' },
    { path: 'old' },
  ]);
  expect(readFileSync(join(root, 'edited'), 'utf8')).toBe('after');
  expect(readFileSync(join(root, 'new/deep/file'), 'utf8')).toBe('new');
  expect(existsSync(join(root, 'old'))).toBe(false);
  expect(readdirSync(join(root, '.cache'))).toEqual([]);
});

test('when one change fails, those before it are taken back', () => {
  expect(() =>
    writeChanges(root, [
      { path: 'edited', before: 'before', after: 'after' },
      { path: 'old' },
      { path: 'new/file', after: 'new' },
      // Its folder is a file.
      { path: 'edited/inside', after: 'never' },
    ]),
  ).toThrow(/EEXIST|ENOTDIR/);
  expect(readFileSync(join(root, 'edited'), 'utf8')).toBe('before');
  expect(readFileSync(join(root, 'old/file'), 'utf8')).toBe('old');
  expect(existsSync(join(root, 'new'))).toBe(false);
  expect(readdirSync(join(root, '.cache'))).toEqual([]);
});
