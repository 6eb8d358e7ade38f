/** One rehearsal: a stage, a cluster on it, what it shows, and nothing left of it. */
import { renderCluster } from '../../clusters/src/render.ts';
import { changedBySecondSync } from './again.ts';
import type { Check, Rehearsed } from './checks/check.ts';
import { checksOf, longChecksOf } from './checks/index.ts';
import { wavesInOrder } from './checks/waves.ts';
import type { Kubectl } from './kubectl.ts';
import { hasDocker } from './node/kind.ts';
import { giveClusterImages, pinnedImages } from './node/images.ts';
import { nodeProcess } from './node/namespaces.ts';
import { makeOutside, needsOutside, trustOutside } from './outside.ts';
import { commitCluster, prepareCluster, syncCluster } from './rehearse.ts';
import { assertAllWell, rehearsalReport } from './report.ts';
import { sourceFolder } from './source.ts';
import { kubeconfig, type StageName } from './stage.ts';
import { usageTable } from './usage.ts';
import { down, isKind, lap, up } from './up.ts';

/** What is rehearsed, and how. */
export interface Rehearsal {
  readonly cluster: string;
  readonly stage: StageName;
  /** Options that are added to the cluster. */
  readonly options: readonly string[];
  /** Seconds after which it has failed. */
  readonly within: number;
  /** Whether the stage's checks follow. */
  readonly checks: boolean;
  /** Whether the checks follow that take an hour. */
  readonly long: boolean;
  /** Whether the stage stays up. */
  readonly keep: boolean;
}

/** A cluster that has servers of its own: those of somebody else's are made of the same images. */
const ownServers = 'kubernetes-minimal';

const pass = async ({ title, run }: Check, rehearsed: Rehearsed): Promise<void> => {
  const began = performance.now();
  try {
    await run(rehearsed);
  } catch (error) {
    throw new Error(`not so: ${title}\n  ${(error as Error).message}`, { cause: error });
  }
  console.log(`  ${((performance.now() - began) / 1000).toFixed(0).padStart(3)} s  ${title}`);
};

const show = async (
  kubectl: Kubectl,
  { cluster, stage, options, checks, long, within }: Rehearsal,
  start: number,
): Promise<void> => {
  let commit = commitCluster(cluster, options);
  const render = async (folder: string) => (await renderCluster(folder, sourceFolder('.'))).objects;
  let objects = await render(cluster);
  // Pods that are not run connect to nobody.
  const outside = stage === 'node' && needsOutside(objects) ? pinnedImages(await render(ownServers)) : [];
  if (outside.length > 0) {
    commit = trustOutside(cluster);
    objects = await render(cluster);
  }
  if (stage === 'node' && !isKind()) {
    await giveClusterImages(nodeProcess(), [...pinnedImages(objects), ...outside]);
    lap(start, 'images of the cluster');
  }
  await prepareCluster(kubectl, objects);
  if (outside.length > 0) {
    await makeOutside(kubectl, outside);
    lap(start, 'somebody else’s servers');
  }
  const application = await syncCluster(kubectl, cluster, commit, within);
  lap(start, 'Synced and Healthy');
  console.log(await rehearsalReport(kubectl, application));
  await assertAllWell(kubectl);
  const rehearsed = { kubectl, cluster, objects };
  await pass(wavesInOrder, rehearsed);
  const changed = await changedBySecondSync(kubectl, cluster);
  if (changed.length > 0) throw new Error(`a second sync changed what it should not: ${changed.join(', ')}`);
  console.log('  a second sync changed nothing but the hooks');
  if (checks) {
    for (const check of checksOf(stage, rehearsed)) await pass(check, rehearsed);
    await assertAllWell(kubectl);
    console.log('         every pod is Ready, and none was restarted');
  }
  if (long) for (const check of longChecksOf(rehearsed)) await pass(check, rehearsed);
  if (stage === 'node') console.log(`\n${await usageTable(kubectl, objects)}`);
};

/**
 * Rehearses a cluster on a stage of its own.
 * @throws Error with the first thing that is not as it should be
 */
export const rehearse = async (rehearsal: Rehearsal): Promise<void> => {
  if (rehearsal.stage === 'node' && (rehearsal.checks || rehearsal.long) && hasDocker())
    throw new Error(
      'the checks of the real node look into its namespaces, and kind’s are Docker’s; leave --checks and --long out',
    );
  const kubectl = await up(rehearsal.stage);
  const start = performance.now();
  try {
    await show(kubectl, rehearsal, start);
  } finally {
    if (rehearsal.keep) console.log(`The stage is still up: export KUBECONFIG=${kubeconfig}`);
    else await down();
  }
};
