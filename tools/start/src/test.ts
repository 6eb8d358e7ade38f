#!/usr/bin/env node
/** Command: `npm test`. Runs every check that a pull request must pass, the fastest first. */
import { defineCommand, runMain } from 'citty';
import { prepareBinaries } from '../../binaries/src/binary.ts';
import { nx } from './nx.ts';
import { prepareMachine } from './machine.ts';
import { runSteps, seconds, succeeds } from './steps.ts';
import { repository } from '../../repository/src/repository.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';

const node = (...args: readonly string[]) => succeeds(process.execPath, args, 'on failure');

const command = defineCommand({
  meta: { name: 'test', description: 'Lint, check types, generate, render, validate and test.' },
  args: {
    affected: { type: 'boolean', default: false, description: 'Check only what changed since NX_BASE, or since main.' },
  },
  run: withPlainErrors(async ({ args }) => {
    const verb = args.affected ? 'affected' : 'run-many';
    const steps = await runSteps([
      ['preparing the machine', () => prepareMachine()],
      [
        'preparing kustomize, kubeconform and promtool',
        () => prepareBinaries(['kustomize', 'kubeconform', 'promtool']).then(() => true),
      ],
      ['checking that generated files are up to date', () => node('generators/src/generate.ts', '--check')],
      [
        'linting, checking types, rendering, validating, testing',
        async () => (await nx(verb, ['lint', 'typecheck', 'build', 'validate', 'test'])).well,
      ],
      ['checking that a live cluster accepts the change', () => node('tools/live-changes/src/main.ts')],
    ]);
    if (!steps) {
      process.exitCode = 1;
      return;
    }
    for (const { title, milliseconds } of steps) console.log(`${seconds(milliseconds).padStart(8)}  ${title}`);
    console.log(`${steps.length} passed, 0 failed`);
  }),
});

console.log(`testing ${repository.split('/').at(-1)}`);
await runMain(command);
