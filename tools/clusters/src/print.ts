#!/usr/bin/env node
/** Command: prints one cluster as Argo CD would apply it. */
import { defineCommand, runMain } from 'citty';
import { reportingFaults } from './command.ts';
import { clusterNames, renderCluster } from './render.ts';

const command = defineCommand({
  meta: { name: 'render', description: 'Print one cluster as Argo CD would apply it, after checking it.' },
  args: { cluster: { type: 'positional', required: true, description: `One of ${clusterNames().join(', ')}.` } },
  run: ({ args }) =>
    reportingFaults(async () => {
      process.stdout.write((await renderCluster(args.cluster)).yaml);
    }),
});

await runMain(command);
