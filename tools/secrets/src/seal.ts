#!/usr/bin/env node
/** Command: seals the Secrets of a cluster that chose `secrets/sealed`. */
import { text } from 'node:stream/consumers';
import { defineCommand, runMain } from 'citty';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';
import { repository } from '../../repository/src/repository.ts';
import { listed, refuseUnknown } from './arguments.ts';
import { sealCluster } from './seal-cluster.ts';
import { parseValues } from './sealing.ts';

const options = {
  cert: {
    type: 'string',
    required: false,
    description: 'File with the certificate of the cluster’s controller; left out, the cluster is asked.',
  },
  context: {
    type: 'string',
    required: false,
    description: 'Context of kubectl’s configuration that is asked; the current one where left out.',
  },
  rotate: {
    type: 'string',
    required: false,
    description: 'Secrets that get new values, with commas between their names.',
  },
  supply: {
    type: 'boolean',
    default: false,
    description: 'Take values that are not to be made up from standard input, a line secret/key=value each.',
  },
} as const;

const command = defineCommand({
  meta: {
    name: 'seal',
    description: 'Seal the Secrets that a cluster needs and has not, of random values, into its sealed-secrets.yaml.',
  },
  args: { cluster: { type: 'positional', required: true, description: 'A folder of clusters/.' }, ...options },
  run: withPlainErrors(async ({ args, rawArgs }) => {
    refuseUnknown(rawArgs, Object.keys(options));
    const given = args.supply ? parseValues(await text(process.stdin)) : {};
    const { cert, context } = args;
    const { sealed, kept } = await sealCluster(
      repository,
      args.cluster,
      { rotate: listed(args.rotate), given },
      { cert, context },
    );
    console.log(`sealed: ${sealed.join(', ') || 'nothing'}; kept as they were: ${kept.join(', ') || 'none'}`);
  }),
});

await runMain(command);
