#!/usr/bin/env node
/** Command: prints one cluster as Argo CD would apply it. */
import { defineCommand, runMain } from 'citty';
import { clusterNames } from '../../repository/src/clusters.ts';
import { renderCluster } from './render.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';

const command = defineCommand({
  meta: { name: 'render', description: 'Print one cluster as Argo CD would apply it, after checking it.' },
  args: { cluster: { type: 'positional', required: true, description: `One of ${clusterNames().join(', ')}.` } },
  run: withPlainErrors(async ({ args }) => {
    process.stdout.write((await renderCluster(args.cluster)).yaml);
  }),
});

await runMain(command);
