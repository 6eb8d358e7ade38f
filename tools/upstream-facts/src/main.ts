#!/usr/bin/env node
/** Command: compares the table of facts with a clone of upstream, or renews the table. */
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { defineCommand, runMain } from 'citty';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';
import { repository } from '../../repository/src/repository.ts';
import { snapshotOf } from './clone.ts';
import { compare } from './compare.ts';
import { counted, countOf, type Table } from './facts.ts';
import { reportOf } from './report.ts';
import { committed, readTable, writeTable } from './table.ts';
import { isUpstream, upstreamNames, upstreams } from './upstreams.ts';

/** Resolves a path from the caller's folder, because npm starts scripts in the repository's root. */
const pathOf = (given: string): string => resolve(process.env['INIT_CWD'] ?? '.', given);

const titleOf = ({ commit, date }: Table): string => `${commit.slice(0, 9)} of ${date}`;

const options = {
  commit: {
    type: 'string',
    default: 'HEAD',
    valueHint: 'revision',
    description: 'The commit of the clone to read.',
  },
  write: { type: 'boolean', default: false, description: 'Renew the table from the clone.' },
  table: {
    type: 'string',
    valueHint: 'file',
    description: 'A table other than the committed one. To compare two commits, write a table of the first.',
  },
} as const;

const command = defineCommand({
  meta: {
    name: 'facts',
    description:
      'Compare the table of facts with a clone of upstream; fail if a fact that our code relies on is gone or changed.',
  },
  args: {
    upstream: { type: 'positional', required: true, description: `The upstream project: ${upstreamNames.join(', ')}.` },
    clone: { type: 'positional', required: true, description: 'A clone of its repository, bare or not.' },
    ...options,
  },
  run: withPlainErrors(async ({ args }) => {
    const name = args.upstream;
    if (!isUpstream(name))
      throw new Error(`${name}: has no table of facts; these have one: ${upstreamNames.join(', ')}`);
    const upstream = upstreams[name];
    const path = args.table === undefined ? committed(name) : pathOf(args.table);
    const { commit, date, files } = snapshotOf(upstream, pathOf(args.clone), args.commit);
    const now: Table = { repository: upstream.repository, commit, date, ...upstream.factsIn(files) };
    const old = args.write && !existsSync(path) ? undefined : readTable(path);
    if (old) {
      const { lines, broken } = reportOf(name, compare(old, now));
      console.log(`${upstream.title}, from ${titleOf(old)} (the table) to ${titleOf(now)} (the clone):`);
      for (const line of lines) console.log(line);
      if (broken && !args.write) process.exitCode = 1;
    }
    if (args.write) {
      await writeTable(path, now);
      console.log(
        `${args.table ?? relative(repository, path)} has ${counted(countOf(now), 'fact')} now; npm test says which of our code must change`,
      );
    }
  }),
});

await runMain(command);
