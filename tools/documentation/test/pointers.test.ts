/** A reader who follows a pointer in a comment, in a page or in an error finds what it promises. */
import { describe, expect, test } from 'vitest';
import { repository } from '../../repository/src/repository.ts';
import { faultsIn, pointersInto, sectionsIn, textsOf } from './pointers.ts';

const facts = 'tools/documentation/facts/';
const texts = textsOf(repository);

test('every pointer and every relative link leads to a file and a heading that a clone contains', () => {
  expect(faultsIn(texts)).toEqual([]);
});

describe('a pointer that leads nowhere is named with its file, its line and the reason', () => {
  // Written in parts, because this file is one of those that are read.
  const page = ['docs/page', 'md'].join('.');
  const missing = ['docs/missing', 'md'].join('.');
  const clone = { [page]: '# Page\n\n## Two words\n\n```sh\n# no heading\n```\n', 'src/code.ts': '' };

  test.each([
    [
      'a page that is not there',
      `// as ${missing} says`,
      `src/a.ts:1: ${missing}: there is no such file or folder, from the root`,
    ],
    [
      'a heading that is not there',
      `\n// (${page}#three)`,
      `src/a.ts:2: ${page}#three: ${page} has no such heading; it has page, two-words`,
    ],
    [
      'a page outside of the repository',
      `// ../../${missing}`,
      `src/a.ts:1: ../../${missing}: leads out of the repository, so a clone does not contain it`,
    ],
    [
      'a folder outside of the repository',
      '// ../../notes',
      'src/a.ts:1: ../../notes: leads out of the repository, so a clone does not contain it',
    ],
    [
      'a name that no file has',
      `// ${missing.slice(5)} §2`,
      `src/a.ts:1: ${missing.slice(5)}: no folder of the repository has such a file`,
    ],
    [
      'a source that is not there',
      '// libs/none/src/index.ts',
      'src/a.ts:1: libs/none/src/index.ts: there is no such file or folder, from the root',
    ],
  ])('%s', (_, text, fault) => {
    expect(faultsIn({ ...clone, 'src/a.ts': text })).toEqual([fault]);
  });

  test('a link of a page, from the folder of the page', () => {
    const text = '[code](../src/code.ts) [other](../src/other.ts) [here](#a-page) [there](page#two)';
    const file = ['docs/a', 'md'].join('.');
    expect(faultsIn({ ...clone, [file]: `# A page\n${text}` })).toEqual([
      `${file}:2: ../src/other.ts: there is no such file or folder, from docs`,
      `${file}:2: page#two: there is no such file or folder, from docs`,
    ]);
  });

  test('and none that leads somewhere, or to another site', () => {
    const text = `// ${page}#two-words, ${page}, ../${page} and https://example.com/${missing}`;
    expect(faultsIn({ ...clone, 'src/a.ts': text })).toEqual([]);
  });
});

describe('facts', () => {
  const sections = Object.entries(texts)
    .filter(([file]) => file.startsWith(facts) && !file.endsWith('/README.md'))
    .flatMap(([file, text]) => sectionsIn(text).map((section) => ({ ...section, page: file.slice(facts.length) })));

  test('each says where it comes from', () => {
    const without = sections.filter(({ text }) => !/^(?:Source|Measured|Decided): /m.test(text));
    expect(without.map(({ page, anchor }) => `${page}#${anchor}`)).toEqual([]);
  });

  test('something in the repository relies on each', () => {
    const pointed = pointersInto(facts, texts);
    const idle = sections.map(({ page, anchor }) => `${page}#${anchor}`).filter((fact) => !pointed.has(fact));
    expect(idle).toEqual([]);
  });

  test('the overview names every page', () => {
    const pages = Object.keys(texts).filter((file) => file.startsWith(facts) && !file.endsWith('/README.md'));
    const overview = texts[`${facts}README.md`] ?? '';
    expect(pages.filter((file) => !overview.includes(`](${file.slice(facts.length)})`))).toEqual([]);
  });
});
