/** Runs the command on a small repository with the layout of Koku's. */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Table } from '../src/facts.ts';
import { committed } from '../src/table.ts';
import { fixture, type Fixture } from './fixture.ts';

const settings = 'koku/koku/settings.py';

/** Our code relies on the first and the second fact, but not on the third. */
const text = `REDIS_DB = 1
HOST = ENVIRONMENT.get_value("REDIS_HOST", default="cache")
LIMIT = ENVIRONMENT.int("SOME_LIMIT", default=3)
`;

let koku: Fixture;
let table = '';
let first = '';

const facts = (...words: readonly string[]) => koku.call(['koku', koku.clone, '--table', table, ...words]);

const lines = (out: string): readonly string[] => out.trimEnd().split('\n').slice(1);

beforeAll(() => {
  koku = fixture();
  table = join(koku.scratch, 'table.json');
  first = koku.commit({ 'koku/manage.py': '', [settings]: text });
  facts('--write');
});
afterAll(() => koku.remove());

describe('facts', { timeout: 30_000 }, () => {
  test('writes the table: one fact per line with its place, and nothing else', () => {
    const { commit, date, variables, constants } = JSON.parse(readFileSync(table, 'utf8')) as Table;
    expect({ commit, date }).toEqual({ commit: first, date: '2026-01-02' });
    expect(variables).toEqual([
      { name: 'REDIS_HOST', reader: 'get_value', otherwise: 'cache', at: `${settings}:2` },
      { name: 'SOME_LIMIT', reader: 'int', otherwise: '3', at: `${settings}:3` },
    ]);
    expect(constants).toEqual([{ name: 'Redis database', value: '1', at: `${settings}:1` }]);
    expect(readFileSync(table, 'utf8')).toContain(
      '\n    { "name": "SOME_LIMIT", "reader": "int", "otherwise": "3", "at": "koku/koku/settings.py:3" }\n',
    );
  });

  test('finds no difference in the same commit, by any of its names and in a bare repository', () => {
    const same = `Koku, from ${first.slice(0, 9)} of 2026-01-02 (the table) to ${first.slice(0, 9)} of 2026-01-02 (the clone):\nno difference\n`;
    expect(facts()).toEqual({ code: 0, out: same, err: '' });
    koku.commit({ [settings]: 'REDIS_DB = 2\n' });
    expect(facts('--commit', first.slice(0, 12))).toEqual({ code: 0, out: same, err: '' });
    expect(facts('--commit=HEAD~')).toEqual({ code: 0, out: same, err: '' });
    const bare = join(koku.scratch, 'bare.git');
    koku.git('clone', '--quiet', '--bare', '.', bare);
    expect(koku.call(['koku', bare, '--table', table, '--commit', first]).out).toBe(same);
  });

  test('resolves a path from the folder where the user called npm', () => {
    const words = ['koku', 'clone', '--table', 'table.json'];
    expect(koku.call([...words, '--commit', first], { cwd: '/', initCwd: koku.scratch })).toMatchObject({
      code: 0,
      err: '',
    });
  });

  test('counts the facts that only moved', () => {
    koku.commit({ [settings]: `\n${text}` });
    const { code, out } = facts();
    expect(lines(out)).toEqual(['3 facts moved to other lines', 'no difference']);
    expect(code).toBe(0);
  });

  test.each([
    ['is added', `${text}A = ENVIRONMENT("A")\n`, `  added: variable A: ENVIRONMENT, required (${settings}:4)`],
    [
      'is changed',
      text.replace('=3', '=4'),
      `  changed: variable SOME_LIMIT: int, otherwise "3" (${settings}:3) -> int, otherwise "4" (${settings}:3)`,
    ],
    ['is gone', text.replace(/LIMIT.*\n/, ''), `  gone: variable SOME_LIMIT: int, otherwise "3" (${settings}:3)`],
  ])('reports a fact that %s, and succeeds if our code does not rely on it', (_, now, line) => {
    koku.commit({ [settings]: now });
    const { code, out, err } = facts();
    expect(lines(out)).toEqual([line, '1 difference; our code relies on 0 of the gone or changed facts (!)']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test.each([
    [
      'a default is changed',
      text.replace('"cache"', '"redis"'),
      `! changed: variable REDIS_HOST: get_value, otherwise "cache" (${settings}:2) -> get_value, otherwise "redis" (${settings}:2)`,
    ],
    [
      'a variable is gone',
      text.replace(/HOST.*\n/, '\n'),
      `! gone: variable REDIS_HOST: get_value, otherwise "cache" (${settings}:2)`,
    ],
    [
      'a constant is changed',
      text.replace('= 1', '= 2'),
      `! changed: constant Redis database: 1 (${settings}:1) -> 2 (${settings}:1)`,
    ],
  ])('fails if %s that our code relies on', (_, now, line) => {
    koku.commit({ [settings]: now });
    const { code, out } = facts();
    expect(lines(out)).toEqual([line, '1 difference; our code relies on 1 of the gone or changed facts (!)']);
    expect(code).toBe(1);
  });

  test('a second place with the same value is no difference, but one with another value is', () => {
    const again = 'ENVIRONMENT.get_value("REDIS_HOST", default="cache")\n';
    koku.commit({ [settings]: text + again });
    expect(lines(facts().out)).toEqual(['1 fact moved to other lines', 'no difference']);
    koku.commit({ [settings]: text + again.replace('cache', 'other') });
    expect(facts().out).toContain(`  added: variable REDIS_HOST: get_value, otherwise "other" (${settings}:4)\n`);
  });

  test('renews the table in spite of differences', () => {
    const own = join(koku.scratch, 'own.json');
    const renew = (...words: readonly string[]) => koku.call(['koku', koku.clone, '--table', own, ...words]);
    expect(renew('--write', '--commit', first).out).toContain('own.json has 3 facts now');
    const now = koku.commit({ [settings]: 'REDIS_DB = 3\n' });
    const { code, out } = renew('--write');
    expect(out).toContain('! gone: variable REDIS_HOST');
    expect(out).toMatch(/own\.json has 1 fact now; npm test says which of our code must change\n$/);
    expect(code).toBe(0);
    expect(renew()).toMatchObject({ code: 0 });
    expect((JSON.parse(readFileSync(own, 'utf8')) as Table).commit).toBe(now);
  });

  test('writes nothing to the clone, and nothing at all without --write', () => {
    const before = readFileSync(table, 'utf8');
    koku.commit({ [settings]: 'REDIS_DB = 4\n' });
    facts();
    expect(readFileSync(table, 'utf8')).toBe(before);
    expect(koku.git('status', '--porcelain')).toBe('');
  });
});

describe('bad input gets one sentence', { timeout: 30_000 }, () => {
  const wanted = 'name a clone of https://github.com/project-koku/koku\n';
  const refused = (words: readonly string[]): string => {
    const { code, out, err } = koku.call(words);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    return err.replaceAll(koku.scratch, '');
  };

  test('a missing folder, a folder without repository, another repository', () => {
    expect(refused(['koku', join(koku.scratch, 'nowhere')])).toBe(`/nowhere: does not exist; ${wanted}`);
    expect(refused(['koku', koku.scratch])).toBe(`: is not a git repository; ${wanted}`);
    const other = koku.commit({ 'koku/manage.py': undefined });
    koku.commit({ 'koku/manage.py': '' });
    expect(refused(['koku', koku.clone, '--commit', other])).toBe(
      `/clone: is not Koku, because ${other.slice(0, 9)} has no koku/manage.py; ${wanted}`,
    );
  });

  test('an unknown commit', () => {
    const sentence = (name: string) => `/clone: has no commit ${name}; fetch it, or name another with --commit\n`;
    expect(refused(['koku', koku.clone, '--commit', 'v9'])).toBe(sentence('v9'));
    expect(refused(['koku', koku.clone, '--commit', 'HEAD:koku'])).toBe(sentence('HEAD:koku'));
  });

  test('an incomplete clone', () => {
    koku.commit({ [settings]: 'LOST = 1\n' });
    const object = koku.git('rev-parse', `HEAD:${settings}`);
    const folder = join(koku.clone, '.git/objects', object.slice(0, 2));
    for (const file of readdirSync(folder)) rmSync(join(folder, file), { force: true });
    expect(refused(['koku', koku.clone, '--table', table])).toBe(
      `/clone: lacks ${settings}; make a complete clone of https://github.com/project-koku/koku\n`,
    );
    koku.commit({ [settings]: text });
  });

  test('a missing table, or another file', () => {
    const absent = join(koku.scratch, 'absent.json');
    expect(refused(['koku', koku.clone, '--table', absent])).toBe('/absent.json: does not exist; --write creates it\n');
    const sentence = 'is not a table of facts; name another file, or remove this one and use --write\n';
    const other = join(koku.scratch, 'other.json');
    for (const content of ['{}', 'words']) {
      writeFileSync(other, content);
      expect(refused(['koku', koku.clone, '--table', other])).toBe(`/other.json: ${sentence}`);
      expect(refused(['koku', koku.clone, '--table', other, '--write'])).toBe(`/other.json: ${sentence}`);
      expect(readFileSync(other, 'utf8')).toBe(content);
    }
  });

  test('another upstream, an unknown option, a second clone', () => {
    expect(refused(['trino', koku.clone])).toBe(
      'trino: has no table of facts; these have one: koku, ingress, ros, sources, kruize\n',
    );
    expect(refused(['koku', koku.clone, '--wriet'])).toBe('--wriet is not an option; --help lists the options\n');
    expect(refused(['koku', koku.clone, 'more'])).toBe('more is one word too many; --help lists the arguments\n');
    expect(koku.call(['koku'])).toMatchObject({ code: 1, err: expect.stringContaining('CLONE') as string });
  });

  test('the command does not change the committed table', () => {
    const before = readFileSync(committed('koku'), 'utf8');
    expect(koku.call(['koku', koku.clone]).code).toBe(1);
    expect(readFileSync(committed('koku'), 'utf8')).toBe(before);
  });

  test('has a help page', () => {
    const { code, out } = koku.call(['--help']);
    expect(code).toBe(0);
    for (const word of ['CLONE', '--commit=<revision>', '--write', '--table=<file>']) expect(out).toContain(word);
  });
});
