/** The Python tests need the python3 of Koku's image or a newer one; without it, vitest skips them. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rosRepairTimes } from '../src/repair-times.ts';
import { rosocpRepair } from '../src/rosocp-repair.ts';

const source = join(import.meta.dirname, '../src/repair');
const tests = join(import.meta.dirname, 'repair');

const hasPython = spawnSync('python3', ['-c', 'from datetime import UTC']).status === 0;

const files = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.py'));

describe.skipIf(!hasPython)('the repair’s own tests, in Python', () => {
  test.each(files(tests))('%s', (file) => {
    const { stderr } = spawnSync('python3', ['-B', join(tests, file)], {
      encoding: 'utf8',
      env: { ...process.env, PYTHONPATH: source },
    });
    expect(stderr).toMatch(/^OK$/m);
  });

  test('every file parses as Python, including those that need the libraries of the image', () => {
    const parse = 'import ast, sys\nfor file in sys.argv[1:]: ast.parse(open(file).read(), file)';
    const { stderr } = spawnSync('python3', ['-c', parse, ...files(source).map((file) => join(source, file))]);
    expect(String(stderr)).toBe('');
  });
});

test('every file of the program is mounted', () => {
  expect(rosocpRepair.files?.flatMap(({ contents }) => Object.keys(contents))).toEqual(files(source).toSorted());
});

test('a report gets all its attempts before its object is removed for its age', () => {
  const { pause, attempts, retention } = rosRepairTimes;
  expect(pause * (2 ** attempts - 1)).toBeLessThan(retention * 60);
});
