#!/usr/bin/env node
/** Command: names the changes of clusters that a live cluster would refuse or that would lose data. */
import { basename } from 'node:path';
import { defineCommand, runMain } from 'citty';
import { refuseUnknown } from '../../repository/src/arguments.ts';
import { compareClusters, type Compared } from './compare.ts';
import { chosenBase, rootOf, type Base } from './git.ts';

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** All faults of a cluster, one per line. */
const faultsOf = ({ cluster, refused, broken }: Compared): readonly string[] => [
  ...(broken === undefined ? [] : [`clusters/${cluster} does not render: ${broken}`]),
  ...refused.map(({ sentence }) => `clusters/${cluster}: ${sentence}`),
];

const report = (results: readonly Compared[] | undefined, { name, commit }: Base): void => {
  if (!results) {
    console.log(`clusters, overlays and libs/*/base have not changed since ${name}: nothing to compare`);
    return;
  }
  const skipped = results.filter(({ notCompared }) => notCompared !== undefined);
  for (const { cluster, notCompared } of skipped) {
    console.log(`clusters/${cluster} is not compared: ${notCompared}`);
  }
  const faults = results.flatMap(faultsOf);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) {
    process.exitCode = 1;
  } else if (skipped.length < results.length) {
    const compared = count(results.length - skipped.length, 'cluster');
    console.log(`${compared}: a live cluster accepts every change since ${name} (${commit.slice(0, 7)})`);
  }
};

const command = defineCommand({
  meta: {
    name: 'live-changes',
    description:
      'Compare clusters with an earlier revision; fail for changes that a live cluster refuses or that lose data.',
  },
  args: {
    clusters: {
      type: 'positional',
      required: false,
      description: 'Names or folders of clusters; all by default.',
    },
    base: {
      type: 'string',
      valueHint: 'revision',
      description:
        'The revision to compare with. Default: $NX_BASE, else the commit where HEAD left the default branch of origin, or main.',
    },
  },
  run: async (invocation) => {
    const { args } = invocation;
    try {
      refuseUnknown(invocation, 'any');
      const root = await rootOf(process.cwd());
      const base = await chosenBase(root, args.base || process.env['NX_BASE']);
      const clusters = args._.map((path) => basename(path)); // Shells complete to clusters/<name>/.
      report(await compareClusters(root, base, clusters), base);
    } catch (error) {
      console.error((error as Error).message);
      process.exitCode = 1;
    }
  },
});

await runMain(command);
