/** The committed table: one fact a line, so that a difference reads well. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { repository } from '../../repository/src/repository.ts';
import { kindNames, type Table } from './facts.ts';

/** Path of the committed one. */
export const committed = join(repository, 'tools/upstream-facts/koku.json');

/**
 * A table that was written before.
 * @throws Error where the file is absent or holds something else
 */
export const readTable = (path: string): Table => {
  if (!existsSync(path)) throw new Error(`${path}: does not exist; --write makes it`);
  try {
    const table = JSON.parse(readFileSync(path, 'utf8')) as Table;
    if (kindNames.every((kind) => Array.isArray(table[kind]))) return table;
  } catch {
    // Said below.
  }
  throw new Error(`${path}: is no table of facts; name another file, or remove this one and --write it anew`);
};

/** The text of a table, in the format of this repository. */
export const textOf = async (table: Table): Promise<string> => {
  const { repository: from, commit, date } = table;
  const rows = kindNames.map(
    (kind) => `${JSON.stringify(kind)}: [\n${table[kind].map((fact) => JSON.stringify(fact)).join(',\n')}\n]`,
  );
  const head = Object.entries({ repository: from, commit, date }).map(([key, value]) => `"${key}": "${value}"`);
  const text = `{\n${[...head, ...rows].join(',\n')}\n}`;
  return format(text, { ...(await resolveConfig(committed)), parser: 'json' });
};

/** Writes a table. */
export const writeTable = async (path: string, table: Table): Promise<void> => writeFileSync(path, await textOf(table));
