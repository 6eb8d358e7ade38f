#!/usr/bin/env node
/** Command: `npm start`. Writes the bases, renders and validates every cluster, and says what came out. */
import { defineCommand, runMain } from 'citty';
import { prepareBinaries } from '../../binaries/src/binary.ts';
import { nx, type NxRun } from './nx.ts';
import { report } from './report.ts';
import { seconds, succeeds } from './steps.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';

const times = ({ graph, tasks, hits, total }: NxRun, whole: number): string => {
  const lookups = total > 0 && hits === total;
  const own = whole - graph - (lookups ? tasks : 0);
  return [
    `Nx graph ${seconds(graph)}`,
    `cache look-ups ${lookups ? seconds(tasks) : 'within own work'} (${hits} of ${total} tasks from the cache)`,
    `own work ${seconds(own)}`,
    `in all ${seconds(whole)}`,
  ].join(' · ');
};

const command = defineCommand({
  meta: {
    name: 'start',
    description: 'Write the Kustomize bases, render every cluster into dist/clusters, check and validate it.',
  },
  run: withPlainErrors(async () => {
    const start = performance.now();
    await prepareBinaries();
    // Written from all overlays, or drawn from all libraries at once, so it is no task of any of them.
    const write = (what: string) => succeeds(process.execPath, ['generators/src/generate.ts', what], 'on failure');
    const written = (await write('kit')) && (await write('documentation'));
    const run = await nx('run-many', ['build', 'validate']);
    if (!written || !run.well) {
      console.error('\nSome clusters are not as they should be; what is wrong is above.');
      process.exitCode = 1;
      return;
    }
    console.log(`\n${report()}\n`);
    console.log('Everything rendered with plain kustomize build and passed kubeconform -strict.');
    console.log(`Time: ${times(run, performance.now() - start)}\n`);
    console.log('Next: read dist/clusters/<cluster>.yaml, add your own cluster with');
    console.log('  npx nx g @cost-onprem/generators:cluster <name>');
    console.log('and give it to Argo CD as overlays/argo-cd/README.md says.');
  }),
});

await runMain(command);
