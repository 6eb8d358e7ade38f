#!/usr/bin/env node
/** Command: seals the Secrets of a cluster that chose `secrets/sealed`. */
import { text } from 'node:stream/consumers';
import { defineCommand, runMain } from 'citty';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';
import { repository } from '../../repository/src/repository.ts';
import { listed } from './lists.ts';
import { sealCluster } from './seal-cluster.ts';
import { parseValues } from './sealing.ts';

const options = {
  cert: {
    type: 'string',
    required: false,
    description: 'File with the certificate of the cluster’s controller; default: fetch it from the cluster.',
  },
  context: {
    type: 'string',
    required: false,
    description: 'Context of kubectl’s configuration; default: the current one.',
  },
  rotate: {
    type: 'string',
    required: false,
    description: 'Names of Secrets that get new values, separated by commas.',
  },
  supply: {
    type: 'boolean',
    default: false,
    description: 'Read values from standard input, one line secret/key=value each, instead of generating them.',
  },
} as const;

const command = defineCommand({
  meta: {
    name: 'seal',
    description: 'Generate and seal the Secrets that a cluster needs and does not have, into its sealed-secrets.yaml.',
  },
  args: { cluster: { type: 'positional', required: true, description: 'A folder of clusters/.' }, ...options },
  run: withPlainErrors(async ({ args }) => {
    const given = args.supply ? parseValues(await text(process.stdin)) : {};
    const { cert, context } = args;
    const { sealed, kept } = await sealCluster(
      repository,
      args.cluster,
      { rotate: listed(args.rotate), given },
      { cert, context },
    );
    console.log(`sealed: ${sealed.join(', ') || 'nothing'}; unchanged: ${kept.join(', ') || 'none'}`);
  }),
});

await runMain(command);
