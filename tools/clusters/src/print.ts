#!/usr/bin/env node
/** Command: prints one cluster as Argo CD would apply it. */
import { fstatSync } from 'node:fs';
import { defineCommand, runMain } from 'citty';
import { clusterNames } from '../../repository/src/clusters.ts';
import { renderCluster } from './render.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';

/** npm writes two lines of its own before it starts this program, unless it is silent. They would not be YAML in a file. */
const refuseLinesOfNpm = (cluster: string): void => {
  const { npm_lifecycle_event: script, npm_config_loglevel: level } = process.env;
  if (script === 'render' && level !== 'silent' && fstatSync(process.stdout.fd).isFile())
    throw new Error(
      `npm begins the file with two lines that are no YAML; use npm run -s render -- ${cluster} > <file>, or npm start and dist/clusters/${cluster}.yaml`,
    );
};

const command = defineCommand({
  meta: { name: 'render', description: 'Print one cluster as Argo CD would apply it, after checking it.' },
  args: { cluster: { type: 'positional', required: true, description: `One of ${clusterNames().join(', ')}.` } },
  run: withPlainErrors(async ({ args }) => {
    refuseLinesOfNpm(args.cluster);
    process.stdout.write((await renderCluster(args.cluster)).yaml);
  }),
});

await runMain(command);
