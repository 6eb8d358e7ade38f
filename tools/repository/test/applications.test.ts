/** What is told of a library that is broken: the file, the line, and what must be there. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { applicationNames, loadApplication } from '../src/applications.ts';

const root = mkdtempSync(join(tmpdir(), 'applications-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const library = (name: string, text: string): void => {
  mkdirSync(join(root, 'libs', name, 'src'), { recursive: true });
  writeFileSync(join(root, 'libs', name, 'src/index.ts'), text);
};

library('throws', "const ports = {};\n\nexport default { name: 'throws', port: ports.http.number };\n");
library('renamed', "export default { name: 'rates', bases: {} };\n");
library('empty', 'export const rates = {};\n');
library('rates', "export default { name: 'rates', bases: {} };\n");
mkdirSync(join(root, 'libs/shared'));
writeFileSync(join(root, 'libs/shared/package.json'), '{}');

test('applications are the folders of libs that are no package for others', () => {
  expect(applicationNames(root)).toEqual(['empty', 'rates', 'renamed', 'throws']);
});

test('a library that is right is loaded', async () => {
  await expect(loadApplication('rates', root)).resolves.toEqual({ name: 'rates', bases: {} });
});

test.for([
  ['throws', /^libs\/throws\/src\/index\.ts:3: cannot be loaded: .*undefined/],
  ['absent', /^libs\/absent\/src\/index\.ts: cannot be loaded: /],
  ['renamed', /^libs\/renamed\/src\/index\.ts: exports one named rates by default; it must be .* named renamed/],
  ['empty', /^libs\/empty\/src\/index\.ts: exports nothing by default; it must be an application named empty/],
] as const)('%s', async ([name, sentence]) => {
  await expect(loadApplication(name, root)).rejects.toThrow(sentence);
});
