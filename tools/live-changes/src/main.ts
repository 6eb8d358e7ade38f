#!/usr/bin/env node
/** Command: says which changes of the clusters a live cluster would refuse, or would lose data by. */
import { basename } from 'node:path';
import { defineCommand, runMain } from 'citty';
import { compareClusters, type Compared } from './compare.ts';
import { baseOf, defaultBase, rootOf, type Base } from './git.ts';

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** All that goes wrong about a cluster, a line each. */
const faultsOf = ({ cluster, refused, broken }: Compared): readonly string[] => [
  ...(broken === undefined ? [] : [`clusters/${cluster} does not render: ${broken}`]),
  ...refused.map(({ sentence }) => `clusters/${cluster}: ${sentence}`),
];

const report = (results: readonly Compared[] | undefined, { name, commit }: Base): void => {
  if (!results) {
    console.log(`clusters, overlays and libs/*/base are as they were at ${name}: nothing to compare`);
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
    console.log(`${compared}: no change since ${name} (${commit.slice(0, 7)}) is refused by what already runs`);
  }
};

const command = defineCommand({
  meta: {
    name: 'live-changes',
    description: 'Compare clusters with an earlier revision; fail for what a live cluster refuses, or loses data by.',
  },
  args: {
    clusters: {
      type: 'positional',
      required: false,
      description: 'Names (or folders) of clusters; all of them if left out.',
    },
    base: {
      type: 'string',
      valueHint: 'revision',
      description:
        'The revision to compare with: by default $NX_BASE, else where HEAD left origin/main or main, else HEAD.',
    },
  },
  run: async ({ args }) => {
    try {
      const root = await rootOf(process.cwd());
      const name = args.base || process.env['NX_BASE'];
      const base = name ? await baseOf(root, name) : await defaultBase(root);
      const clusters = args._.map((path) => basename(path)); // A shell completes to clusters/<name>/.
      report(await compareClusters(root, base, clusters), base);
    } catch (error) {
      console.error((error as Error).message);
      process.exitCode = 1;
    }
  },
});

await runMain(command);
