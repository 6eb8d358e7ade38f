/** Reads and writes the table, one fact per line, so that diffs are easy to read. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { repository } from '../../repository/src/repository.ts';
import { kindNames, type Table } from './facts.ts';
import type { UpstreamName } from './upstreams.ts';

/** Path of the committed table of a project. */
export const committed = (upstream: UpstreamName): string => join(repository, `tools/upstream-facts/${upstream}.json`);

/**
 * Reads a table.
 * @throws Error if the file is missing or is not a table
 */
export const readTable = (path: string): Table => {
  if (!existsSync(path)) throw new Error(`${path}: does not exist; --write creates it`);
  try {
    const table = JSON.parse(readFileSync(path, 'utf8')) as Table;
    if (kindNames.every((kind) => Array.isArray(table[kind]))) return table;
  } catch {
    // The error below covers this too.
  }
  throw new Error(`${path}: is not a table of facts; name another file, or remove this one and use --write`);
};

/** The text of a table, in the format of this repository. */
export const textOf = async (table: Table): Promise<string> => {
  const { repository: from, commit, date } = table;
  const rows = kindNames.map(
    (kind) => `${JSON.stringify(kind)}: [\n${table[kind].map((fact) => JSON.stringify(fact)).join(',\n')}\n]`,
  );
  const head = Object.entries({ repository: from, commit, date }).map(([key, value]) => `"${key}": "${value}"`);
  const text = `{\n${[...head, ...rows].join(',\n')}\n}`;
  return format(text, { ...(await resolveConfig(committed('koku'))), parser: 'json' });
};

/** Writes a table. */
export const writeTable = async (path: string, table: Table): Promise<void> => writeFileSync(path, await textOf(table));
