import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const pinned = (module: string): string | undefined => {
  const goMod = readFileSync(join(import.meta.dirname, '../modules', module, 'go.mod'), 'utf8');
  return /github\.com\/containerd\/containerd\/v2 (v\S+)/.exec(goMod)?.[1];
};

test('the program that pulls has the version of its containerd', () => {
  expect(pinned('pull')).toMatch(/^v2[.]/);
  expect(pinned('pull')).toBe(pinned('containerd'));
});
