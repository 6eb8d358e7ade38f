/** Imports lead to lower floors only: checks the imports of all TypeScript files. */
import { describe, expect, test } from 'vitest';
import { repository } from '../../repository/src/repository.ts';
import { floorFaults } from '../src/faults.ts';
import { importsIn, importsOf, typescriptFiles } from '../src/imports.ts';

const files = typescriptFiles(repository);

test('every folder has a floor, and no file imports from its own floor or from above', () => {
  expect(floorFaults(files, importsIn(repository))).toEqual([]);
});

/** Faults of the repository with one more file. */
const faultsWith = (file: string, text: string): readonly string[] =>
  floorFaults([...files, file], importsOf(file, text));

describe('refused is', () => {
  test.each([
    [
      'an import from above, with what is allowed',
      'tools/clusters/src/new.ts',
      "\nimport { writers } from '../../../generators/src/outputs.ts';",
      /^tools\/clusters\/src\/new\.ts:2: imports generators\/src\/outputs\.ts, which is on the floor “writers and reports” above; tools\/clusters is on the floor “clusters” and may import libs\/kit, libs\/contracts, .*tools\/manifests/,
    ],
    [
      'an import of a type',
      'libs/contracts/src/new.ts',
      "import type { PlatformProfile } from '@cost-onprem/profiles';",
      /^libs\/contracts\/src\/new\.ts:1: imports libs\/profiles, .*“declarations” above; libs\/contracts .* may import libs\/kit\./,
    ],
    [
      'a dynamic import',
      'libs/kit/src/new.ts',
      "export const later = () =>\n  import('../../contracts/src/index.ts');",
      /^libs\/kit\/src\/new\.ts:2: imports libs\/contracts\/src\/index\.ts, .* may import nothing/,
    ],
    [
      'a re-export',
      'libs/kit/src/new.ts',
      "export * from '../../contracts/src/index.ts';",
      /^libs\/kit\/src\/new\.ts:1: imports libs\/contracts/,
    ],
    [
      'a new application that imports another one',
      'libs/rates/src/index.ts',
      "import { valkey } from '../../valkey/src/valkey.ts';",
      /^libs\/rates\/src\/index\.ts:1: imports libs\/valkey\/src\/valkey\.ts, which is on the same floor/,
    ],
    [
      'a test that imports from above',
      'tools/repository/test/new.test.ts',
      "import { renderCluster } from '../../clusters/src/render.ts';",
      /^tools\/repository\/test\/new\.test\.ts:1: imports tools\/clusters/,
    ],
    [
      'an import of a path that is known at run time only',
      'tools/laws/src/new.ts',
      'export const find = (file: string) => import(file);',
      /^tools\/laws\/src\/new\.ts:1: imports a path that is known at run time only; just tools\/repository\/src\/applications\.ts/,
    ],
  ])('%s', (_, file, text, sentence) => {
    expect(faultsWith(file, text)).toEqual([expect.stringMatching(sentence)]);
  });

  test.each([
    [
      'a file of a subfolder other than its index.ts',
      'tools/rehearsal/src/new.ts',
      "import { kubectlFor } from './kubernetes/kubectl.ts';",
      /^tools\/rehearsal\/src\/new\.ts:1: imports tools\/rehearsal\/src\/kubernetes\/kubectl\.ts; only an index.ts may be imported: tools\/rehearsal\/src\/kubernetes\/index\.ts, /,
    ],
    [
      'a higher subfolder',
      'tools/rehearsal/src/images/new.ts',
      "import { chaos } from '../chaos/index.ts';",
      /^tools\/rehearsal\/src\/images\/new\.ts:1: imports .*; images may import kubernetes$/,
    ],
    [
      'a file beside the subfolders, from a subfolder',
      'tools/rehearsal/src/checks/new.ts',
      "import { up } from '../up.ts';",
      /^tools\/rehearsal\/src\/checks\/new\.ts:1: imports tools\/rehearsal\/src\/up\.ts; only an index.ts may be imported/,
    ],
  ])('%s', (_, file, text, sentence) => {
    expect(faultsWith(file, text)).toEqual([expect.stringMatching(sentence)]);
  });

  test('a subfolder without a place in the order', () => {
    expect(faultsWith('tools/rehearsal/src/weather/index.ts', '')).toEqual([
      'tools/rehearsal/src/weather: has no place in the order; add it to “rooms” in tools/floors/src/floors.ts, after every folder that it imports',
    ]);
  });

  test('a folder without a floor, once, with the place to add it', () => {
    const text =
      "import { a } from '../../../generators/src/outputs.ts';\nimport { b } from '../../laws/src/index.ts';";
    expect(faultsWith('tools/weather/src/main.ts', text)).toEqual([
      'tools/weather: has no floor; add it to “floors” in tools/floors/src/floors.ts, above every folder that it imports',
    ]);
  });
});

test('text that only looks like an import is ignored', () => {
  expect(
    importsOf(
      'libs/kit/src/new.ts',
      "// import '../../koku/src/index.ts'\nexport const a = `\nimport x from '../../koku/src/index.ts';`;",
    ),
  ).toEqual([]);
});
