/** How a published schema becomes strict, and which options the command refuses. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stable, strict } from '../src/schema.ts';
import { together } from '../src/sources.ts';

describe('an object', () => {
  const size = { type: 'integer', description: 'How many.' };

  test('accepts only the declared keys, and loses its description', () => {
    expect(strict({ type: 'object', description: 'A thing.', properties: { size } })).toEqual({
      type: 'object',
      properties: { size: { type: 'integer' } },
      additionalProperties: false,
    });
  });

  test('that declares no keys accepts none', () => {
    expect(strict({ type: 'object' })).toMatchObject({ additionalProperties: false });
  });

  test('that is a free map stays one, and its values keep their schema', () => {
    expect(strict({ type: 'object', additionalProperties: true })).not.toHaveProperty('additionalProperties', false);
    expect(strict({ type: 'object', additionalProperties: { type: 'object', properties: { size } } })).toMatchObject({
      additionalProperties: { additionalProperties: false },
    });
  });

  test.each(['x-kubernetes-preserve-unknown-fields', 'x-kubernetes-embedded-resource'])(
    'with %s stays open',
    (mark) => {
      expect(strict({ type: 'object', properties: { size }, [mark]: true })).not.toHaveProperty('additionalProperties');
    },
  );

  test('is not closed by the branches of anyOf, because they name only some of its keys', () => {
    const branch = { type: 'object', required: ['size'], properties: { size: {} } };
    expect(strict({ type: 'object', properties: { size }, anyOf: [branch] }).anyOf).toEqual([branch]);
  });
});

test('an IntOrString keeps the conditions on its text', () => {
  const anyOf = [{ type: 'integer' }, { type: 'string' }];
  expect(strict({ 'x-kubernetes-int-or-string': true, anyOf, pattern: '^[0-9]+%?$' })).toEqual({
    type: ['integer', 'string'],
    pattern: '^[0-9]+%?$',
  });
});

test('null is refused both without a type and with nullable', () => {
  expect(strict({}).type).not.toContain('null');
  expect(strict({ type: 'string', nullable: true }).type).toBe('string');
});

test('equal schemas give equal bytes', () => {
  expect(JSON.stringify(stable({ b: [{ d: 1, c: 2 }], a: 1 }))).toBe('{"a":1,"b":[{"c":2,"d":1}]}');
});

test('two kinds with the same file name are refused, because one of them would go unchecked', () => {
  expect(() => together([{ 'cluster-postgresql-v1.json': {} }, { 'cluster-postgresql-v1.json': {} }])).toThrow(
    'cluster-postgresql-v1.json: two definitions have this file name; keep one of them',
  );
});

describe('the command', () => {
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, '../src/generate.ts'), ...args], { encoding: 'utf8' });

  test('refuses a mistyped option instead of writing', () => {
    expect(run('--chekc')).toMatchObject({ status: 1, stderr: '--chekc is not an option; --help lists the options\n' });
  });

  test('refuses a folder without definitions, and says where they come from', () => {
    const empty = mkdtempSync(join(tmpdir(), 'definitions-'));
    const answers = [run('--crds', '/nowhere'), run('--crds', empty)];
    rmSync(empty, { recursive: true });
    const where = /tools\/schemas\/README\.md says where they come from/;
    for (const { status, stderr } of answers) expect([status, stderr]).toEqual([1, expect.stringMatching(where)]);
  });
});
