#!/usr/bin/env node
/** Command: `npm start`. Writes the bases, renders and validates every cluster, and prints a summary. */
import { defineCommand, runMain } from 'citty';
import { prepareBinaries } from '../../binaries/src/binary.ts';
import { declarationsCompile } from './declarations.ts';
import { nx, type NxRun } from './nx.ts';
import { report } from './report.ts';
import { seconds, succeeds } from './steps.ts';
import { isFollowed, readFork } from '../../repository/src/argo-cd.ts';
import { repository } from '../../repository/src/repository.ts';
import { checkFolders } from '../../repository/src/clusters.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';

const times = ({ graph, tasks, hits, total }: NxRun, whole: number): string => {
  const lookups = total > 0 && hits === total;
  const own = whole - graph - (lookups ? tasks : 0);
  return [
    `Nx graph ${seconds(graph)}`,
    `cache look-ups ${lookups ? seconds(tasks) : 'included in own work'} (${hits} of ${total} tasks from the cache)`,
    `own work ${seconds(own)}`,
    `total ${seconds(whole)}`,
  ].join(' · ');
};

const command = defineCommand({
  meta: {
    name: 'start',
    description: 'Write the Kustomize bases; render every cluster into dist/clusters, check it and validate it.',
  },
  run: withPlainErrors(async () => {
    const start = performance.now();
    checkFolders();
    await prepareBinaries();
    // These come from all overlays or from all libraries together, so no library has a task for them.
    const write = (what: string) => succeeds(process.execPath, ['generators/src/generate.ts', what], 'on failure');
    const declared = (await write('kit')) && (await declarationsCompile()) && (await write('documentation'));
    const run = declared ? await nx('run-many', ['build', 'validate']) : undefined;
    if (!run?.well) {
      process.exitCode = 1;
      return;
    }
    console.log(`\n${report()}\n`);
    console.log('Plain kustomize build rendered every cluster, and kubeconform -strict accepted them.');
    console.log(`Time: ${times(run, performance.now() - start)}\n`);
    if (!isFollowed(readFork(repository))) console.log('Argo CD does not follow your fork yet: run npm run init.\n');
    console.log('Next: read dist/clusters/<cluster>.yaml, add your own cluster with');
    console.log('  npx nx g @cost-onprem/generators:cluster <name>');
    console.log('and let Argo CD sync it as overlays/argo-cd/README.md says.');
  }),
});

await runMain(command);
