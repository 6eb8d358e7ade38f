#!/usr/bin/env node
/** Command: `npm test`. Runs every check that a pull request must pass, the fastest first. */
import { defineCommand, runMain } from 'citty';
import { prepareBinaries } from '../../binaries/src/binary.ts';
import { nx } from './nx.ts';
import { prepareMachine } from './machine.ts';
import { runSteps, seconds, succeeds } from './steps.ts';
import { chosenBase, rootOf } from '../../live-changes/src/git.ts';
import { checkFolders } from '../../repository/src/clusters.ts';
import { repository } from '../../repository/src/repository.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';

const node = (...args: readonly string[]) => succeeds(process.execPath, args, 'on failure');

const targets = ['lint', 'typecheck', 'build', 'validate', 'test'];

const command = defineCommand({
  meta: { name: 'test', description: 'Lint, check types, generate, render, validate and test.' },
  args: {
    affected: {
      type: 'boolean',
      default: false,
      description:
        'Check only what changed since $NX_BASE, else since the commit where HEAD left the default branch of origin, or main.',
    },
  },
  run: withPlainErrors(async ({ args }) => {
    checkFolders();
    // The same revision decides what is affected and what a live cluster is compared with.
    const base = await chosenBase(await rootOf(repository), process.env['NX_BASE']);
    const steps = await runSteps([
      ['preparing the machine', () => prepareMachine()],
      [
        'preparing kustomize, kubeconform and promtool',
        () => prepareBinaries(['kustomize', 'kubeconform', 'promtool']).then(() => true),
      ],
      ['checking that generated files are up to date', () => node('generators/src/generate.ts', '--check')],
      [
        'linting, checking types, rendering, validating, testing',
        async () => {
          const run = args.affected
            ? // The step before has found the generated files up to date, so nothing needs to write them.
              nx('affected', targets, ['--base', base.commit, '--excludeTaskDependencies'])
            : nx('run-many', targets);
          return (await run).well;
        },
      ],
      [
        'checking that a live cluster accepts the change',
        () => node('tools/live-changes/src/main.ts', '--base', base.commit),
      ],
    ]);
    if (!steps) {
      process.exitCode = 1;
      return;
    }
    for (const { title, milliseconds } of steps) console.log(`${seconds(milliseconds).padStart(8)}  ${title}`);
    console.log(`${steps.length} passed, 0 failed`);
  }),
});

await runMain(command);
