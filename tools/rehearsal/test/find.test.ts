/** Finds the checks of a library by its folder, runs them where they apply, and refuses invalid ones with the file's name. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Rehearsed } from '../src/checks/check.ts';
import { applicableChecks } from '../src/checks/choose.ts';
import { findRehearsals } from '../src/checks/find.ts';
import { platformChecks } from '../src/checks/platform/index.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rehearsals-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const library = (name: string, rehearsal?: string): void => {
  const folder = join(root, 'libs', name, 'rehearsal');
  mkdirSync(rehearsal === undefined ? join(root, 'libs', name) : folder, { recursive: true });
  if (rehearsal !== undefined) writeFileSync(join(folder, 'index.ts'), rehearsal);
};

const check = (title: string, rest = ''): string =>
  `{ title: '${title}', stages: ['node'], order: 205, run: async (): Promise<void> => undefined, ${rest} }`;

const exported = (...checks: readonly string[]): string => `export default { checks: [${checks.join(', ')}] };\n`;

const cluster = (stage: Rehearsed['stage'], ...overlays: readonly string[]): Rehearsed => ({
  kubectl: { run: () => Promise.reject(new Error('asked')), get: () => Promise.reject(new Error('asked')) },
  cluster: 'north',
  stage,
  overlays: new Set(overlays),
  objects: [],
  images: [],
});

const titles = async (rehearsed: Rehearsed): Promise<readonly string[]> =>
  applicableChecks(await findRehearsals(root), rehearsed)
    .filter((one) => !platformChecks.includes(one))
    .map(({ title }) => title);

describe('a library with a rehearsal', () => {
  test('is found, and its check runs where it applies', async () => {
    library('kit');
    library('rates', exported(check('rates are served', "applies: ({ overlays }) => overlays.has('options/rates')")));
    expect(await titles(cluster('node', 'options/rates'))).toEqual(['rates are served']);
    expect(await titles(cluster('node'))).toEqual([]);
    expect(await titles(cluster('control-plane', 'options/rates'))).toEqual([]);
  });

  test('has its checks among the others by their order; those of the same order are sorted by library', async () => {
    library('b', exported(check('b')));
    library('a', exported(check('a late', 'order: 300'), check('a')));
    expect(await titles(cluster('node'))).toEqual(['a', 'b', 'a late']);
    const all = applicableChecks(await findRehearsals(root), cluster('node'));
    expect(all.map(({ order }) => order)).toEqual(all.map(({ order }) => order).toSorted((a, b) => a - b));
  });
});

describe('an error names the file of a library', () => {
  test.each([
    [
      'that exports nothing by default',
      'export const checks = [];',
      'its default export is nothing; it must be an object',
    ],
    [
      'whose check has an unknown stage',
      exported(check('rates', "stages: ['nodes']")),
      'the check “rates” has ["nodes"] as stages; it must be a list of control-plane, node',
    ],
    [
      'whose check has no title',
      exported("{ order: 1, stages: ['node'], run: () => undefined }"),
      'the check number 1 has nothing as title; it must be a sentence',
    ],
    [
      'whose check has a misspelt field',
      exported(check('rates', 'aplies: () => true')),
      'the check “rates” has aplies; it may have title, order, stages, run, applies, real, long, showsWork',
    ],
    ['that does not load', "import './nowhere.ts';", 'cannot be loaded: '],
  ])('%s', async (_, text, sentence) => {
    library('rates', text);
    await expect(findRehearsals(root)).rejects.toThrow(`libs/rates/rehearsal/index.ts: ${sentence}`);
  });

  test('whose check has the title of another one, which `check <words>` could not tell apart', async () => {
    library('a', exported(check('the same')));
    library('b', exported(check('the same')));
    await expect(findRehearsals(root)).rejects.toThrow(
      'libs/b/rehearsal/index.ts: the check “the same” is in libs/a/rehearsal/index.ts already; give it another title',
    );
  });
});

test('every rehearsal of this repository is valid', async () => {
  expect((await findRehearsals()).length).toBeGreaterThan(0);
});
