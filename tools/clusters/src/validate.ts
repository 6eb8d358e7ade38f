#!/usr/bin/env node
/** Command: validates rendered objects, or a folder that Kustomize renders, with kubeconform -strict. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { defineCommand, runMain } from 'citty';
import { kustomizeBuild } from '../../manifests/src/kustomize.ts';
import { schemaFaults } from './kubeconform.ts';
import { repository } from '../../repository/src/repository.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';

const command = defineCommand({
  meta: { name: 'validate', description: 'Validate objects against the committed schemas; nothing is skipped.' },
  args: {
    path: {
      type: 'positional',
      required: true,
      description: 'A file of rendered objects, or a folder with a kustomization.',
    },
  },
  run: withPlainErrors(async ({ args }) => {
    const path = join(repository, args.path);
    const yaml = statSync(path).isDirectory() ? await kustomizeBuild(path) : readFileSync(path, 'utf8');
    const faults = await schemaFaults(yaml);
    for (const fault of faults) console.error(`${args.path}: ${fault}`);
    if (faults.length > 0) process.exitCode = 1;
  }),
});

await runMain(command);
