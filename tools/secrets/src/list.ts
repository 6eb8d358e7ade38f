#!/usr/bin/env node
/** Command: lists the Secrets that a cluster needs, what creates each, and what a person must do. */
import { defineCommand, runMain } from 'citty';
import { clusterNames } from '../../repository/src/clusters.ts';
import { optionalSecrets } from '../../repository/src/declarations.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';
import { repository } from '../../repository/src/repository.ts';
import { buildUnchecked } from './build-unchecked.ts';
import { overviewOf } from './overview.ts';
import { overviewText } from './overview-text.ts';

const command = defineCommand({
  meta: {
    name: 'secrets',
    description: 'List the Secrets that a cluster needs, what creates each, and what a person must do.',
  },
  args: { cluster: { type: 'positional', required: true, description: `One of ${clusterNames().join(', ')}.` } },
  run: withPlainErrors(async ({ args }) => {
    const objects = await buildUnchecked(repository, args.cluster);
    console.log(overviewText(args.cluster, overviewOf(objects, args.cluster, optionalSecrets)).join('\n'));
  }),
});

await runMain(command);
