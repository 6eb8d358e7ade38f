#!/usr/bin/env node
/** Command: makes the tools ready, so that no later step waits for a build. */
import { defineCommand, runMain } from 'citty';
import { binary } from './binary.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';

const command = defineCommand({
  meta: { name: 'prepare', description: 'Build the pinned tools, unless they are there.' },
  run: withPlainErrors(async () => {
    try {
      for (const name of ['kustomize', 'kubeconform'] as const) await binary(name);
    } catch (error) {
      console.error((error as Error).message);
      process.exitCode = 1;
    }
  }),
});

await runMain(command);
