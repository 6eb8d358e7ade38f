#!/usr/bin/env node
/** Command: compares what is known of upstream's source with a clone of it, or writes it anew. */
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { defineCommand, runMain } from 'citty';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';
import { repository } from '../../repository/src/repository.ts';
import { refuseUnknown } from '../../secrets/src/arguments.ts';
import { snapshotOf } from './clone.ts';
import { compare } from './compare.ts';
import { counted, countOf, type Table } from './facts.ts';
import { factsIn, koku } from './koku.ts';
import { reportOf } from './report.ts';
import { committed, readTable, writeTable } from './table.ts';

/** npm starts a script in the repository's root, and says where its caller was. */
const pathOf = (given: string): string => resolve(process.env['INIT_CWD'] ?? '.', given);

const titleOf = ({ commit, date }: Table): string => `${commit.slice(0, 9)} of ${date}`;

const options = {
  commit: {
    type: 'string',
    default: 'HEAD',
    valueHint: 'revision',
    description: 'The commit of the clone to look at.',
  },
  write: { type: 'boolean', default: false, description: 'Renew the table with what the clone says.' },
  table: {
    type: 'string',
    default: relative(repository, committed),
    valueHint: 'file',
    description: 'Another table than the committed one: to compare two commits, write one of the first.',
  },
} as const;

const command = defineCommand({
  meta: {
    name: 'facts',
    description:
      'Compare the table of facts with a clone of upstream; fail where something that our code relies on is gone or changed.',
  },
  args: {
    upstream: { type: 'positional', required: true, description: 'Whose facts: koku.' },
    clone: { type: 'positional', required: true, description: `A clone of ${koku.repository}, bare or not.` },
    ...options,
  },
  run: withPlainErrors(async ({ args, rawArgs }) => {
    refuseUnknown(rawArgs, Object.keys(options));
    if (args.upstream !== 'koku') throw new Error(`no facts of ${args.upstream}; there are those of koku`);
    const [, , surplus] = args._;
    if (surplus !== undefined) throw new Error(`${surplus}: one clone at a time; --help says more`);
    const path = args.table === options.table.default ? committed : pathOf(args.table);
    const { commit, date, files } = snapshotOf(pathOf(args.clone), args.commit);
    const now: Table = { repository: koku.repository, commit, date, ...factsIn(files) };
    const old = args.write && !existsSync(path) ? undefined : readTable(path);
    if (old) {
      const { lines, broken } = reportOf(compare(old, now));
      console.log(`${koku.title}, from ${titleOf(old)} (the table) to ${titleOf(now)} (the clone):`);
      for (const line of lines) console.log(line);
      if (broken && !args.write) process.exitCode = 1;
    }
    if (args.write) {
      await writeTable(path, now);
      console.log(`${args.table} has ${counted(countOf(now), 'fact')} now; npm test says what of our code must follow`);
    }
  }),
});

await runMain(command);
