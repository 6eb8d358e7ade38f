#!/usr/bin/env node
/** Command: builds the tools, so that no later step waits for a build. */
import { defineCommand, runMain } from 'citty';
import { prepareBinaries } from './binary.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';

const command = defineCommand({
  meta: { name: 'prepare', description: 'Build the pinned tools that are missing.' },
  run: withPlainErrors(() => prepareBinaries()),
});

await runMain(command);
