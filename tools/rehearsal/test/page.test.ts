import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandsOf } from '../src/checks/page.ts';

const folder = join(import.meta.dirname, '../../documentation/operations');
const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));
const textOf = (page: string): string => readFileSync(join(folder, page), 'utf8');

const page = `# A page

## First

\`\`\`sh
one
\`\`\`

\`\`\`yaml
two: 2
\`\`\`

\`\`\`sh
three
\`\`\`

## Second

No command.
`;

test('the commands of a section are its blocks of the language sh, in their order', () => {
  expect(commandsOf('README.md', page, 'First')).toBe('one\nthree\n');
});

test.each(['Second', 'Third'])('a section without commands is refused by name: %s', (heading) => {
  expect(() => commandsOf('README.md', page, heading)).toThrow(`README.md: has no commands below “## ${heading}”`);
});

describe.each(pages)('%s', (name) => {
  const blocks = [...textOf(name).matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);

  test('bash can parse every command', () => {
    const { stderr } = spawnSync('bash', ['-n'], { input: blocks.join('\n'), encoding: 'utf8' });
    expect(stderr).toBe('');
  });
});

test('the overview lists every page', () => {
  const missing = pages.filter((name) => name !== 'README.md' && !textOf('README.md').includes(`(${name})`));
  expect(missing).toEqual([]);
});
