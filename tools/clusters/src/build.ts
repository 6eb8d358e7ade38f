#!/usr/bin/env node
/** Command: renders one cluster, checks it, and writes the result and its sums to dist/clusters. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defineCommand, runMain } from 'citty';
import { renderCluster } from './render.ts';
import { summarize } from './summary.ts';
import { repository } from '../../repository/src/repository.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';

/** Readers never see an incomplete file. */
const writeWhole = (file: string, text: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
};

const command = defineCommand({
  meta: { name: 'build', description: 'Render one cluster into dist/clusters, and check it.' },
  args: { cluster: { type: 'positional', required: true, description: 'A folder of clusters/.' } },
  run: withPlainErrors(async ({ args }) => {
    const start = performance.now();
    const { yaml, objects } = await renderCluster(args.cluster);
    const summary = { ...summarize(objects), milliseconds: Math.round(performance.now() - start) };
    writeWhole(join(repository, 'dist/clusters', `${args.cluster}.yaml`), yaml);
    writeWhole(join(repository, 'dist/clusters', `${args.cluster}.json`), `${JSON.stringify(summary)}\n`);
  }),
});

await runMain(command);
