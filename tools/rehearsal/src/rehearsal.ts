/** One rehearsal: starts a stage, syncs a cluster on it, runs the checks, and removes the stage. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseKustomization } from '../../clusters/src/kustomization.ts';
import { overlaysOf } from '../../clusters/src/layer-faults.ts';
import { renderCluster } from '../../clusters/src/render.ts';
import {
  assertAllWell,
  changedBySecondSync,
  commitCluster,
  prepareCluster,
  rehearsalReport,
  sourceFolder,
  syncCluster,
  table,
} from './argo-cd/index.ts';
import { chaos } from './chaos/index.ts';
import { checksOf, isPlayed, longChecksOf, wavesInOrder, type Rehearsed, type Trial } from './checks/index.ts';
import { giveClusterImages, pinnedImages, type GivenImage, type Preference } from './images/index.ts';
import { kubeconfig, kubectlFor, nodeProcess, state, type Kubectl, type StageName } from './kubernetes/index.ts';
import {
  assertHosts,
  needsExternalServers,
  startExternalServers,
  trustExternalServers,
} from './external-servers/index.ts';
import { usageTable } from './usage.ts';
import { down, lap, up } from './up.ts';

/** The settings of a rehearsal. */
export interface Rehearsal {
  readonly cluster: string;
  readonly stage: StageName;
  /** The origins of a real node's images. */
  readonly images: Preference;
  /** Options that are added to the cluster. */
  readonly options: readonly string[];
  /** Seconds that the sync may take. */
  readonly within: number;
  /** Whether to run the stage's checks. */
  readonly checks: boolean;
  /** Whether to run the checks that take an hour. */
  readonly long: boolean;
  /** Seed of the chaos; undefined runs none. */
  readonly chaos?: number;
  /** Whether the stage stays up. */
  readonly keep: boolean;
}

/** What further checks need to know of a stage that stays up. */
const note = join(state, 'rehearsed.json');

/** Runs a check, or prints why it does not run. */
const pass = async ({ title, real = [], run }: Trial, rehearsed: Rehearsed): Promise<void> => {
  const played = real.filter((image) => isPlayed(rehearsed, image));
  if (played.length > 0) {
    console.log(`  not run  ${title}: it is about ${played.join(', ')}, which an understudy replaces`);
    return;
  }
  const began = performance.now();
  try {
    await run(rehearsed);
  } catch (error) {
    throw new Error(`failed: ${title}\n  ${(error as Error).message}`, { cause: error });
  }
  console.log(`  ${((performance.now() - began) / 1000).toFixed(0).padStart(3)} s  ${title}`);
};

/** The overlays of a cluster in the rehearsed commit. */
const rehearsedOverlays = (cluster: string): ReadonlySet<string> => {
  const text = readFileSync(sourceFolder(`clusters/${cluster}/kustomization.yaml`), 'utf8');
  return overlaysOf(parseKustomization(text), cluster);
};

const originsTable = (images: readonly GivenImage[]): string =>
  table([['image', 'origin', 'of'], ...images.map(({ image, origin, detail }) => [image, origin, detail])]);

const show = async (
  kubectl: Kubectl,
  { cluster, stage, options, images: preference, checks, long, chaos: seed, within }: Rehearsal,
  start: number,
): Promise<void> => {
  let commit = commitCluster(cluster, options);
  const render = async () => (await renderCluster(cluster, sourceFolder('.'))).objects;
  let objects = await render();
  const overlays = rehearsedOverlays(cluster);
  const external = stage === 'node' && needsExternalServers(overlays);
  if (external) {
    assertHosts(`clusters/${cluster}/kustomization.yaml`, overlays, objects);
    commit = trustExternalServers(cluster);
    objects = await render();
  }
  let images: readonly GivenImage[] = [];
  if (stage === 'node') {
    images = await giveClusterImages(nodeProcess(), pinnedImages(objects), objects, preference);
    lap(start, 'images of the cluster');
    console.log(`${originsTable(images)}\n`);
  }
  await prepareCluster(kubectl, objects);
  if (external) {
    await startExternalServers(kubectl);
    lap(start, 'external servers');
  }
  const application = await syncCluster(kubectl, cluster, commit, within);
  lap(start, 'Synced and Healthy');
  console.log(await rehearsalReport(kubectl, application));
  await assertAllWell(kubectl);
  const rehearsed = { kubectl, cluster, stage, overlays, objects, images };
  writeFileSync(note, JSON.stringify({ cluster, stage, images }));
  await pass(wavesInOrder, rehearsed);
  const changed = await changedBySecondSync(kubectl, cluster);
  if (changed.length > 0) throw new Error(`a second sync changed objects other than hooks: ${changed.join(', ')}`);
  console.log('  a second sync changed nothing but the hooks');
  if (checks) {
    for (const check of await checksOf(rehearsed)) await pass(check, rehearsed);
    await assertAllWell(kubectl);
    console.log('         every pod is Ready, and none restarted');
  }
  if (seed !== undefined) await pass(chaos(seed), rehearsed);
  if (long) for (const check of await longChecksOf(rehearsed)) await pass(check, rehearsed);
  if (stage === 'node') console.log(`\n${await usageTable(kubectl, objects)}`);
};

/**
 * Rehearses a cluster on a stage of its own.
 * @throws Error with the first failure
 */
export const rehearse = async (rehearsal: Rehearsal): Promise<void> => {
  const kubectl = await up(rehearsal.stage);
  const start = performance.now();
  try {
    await show(kubectl, rehearsal, start);
  } finally {
    if (rehearsal.keep) console.log(`The stage is still up: export KUBECONFIG=${kubeconfig}`);
    else await down();
  }
};

const checksNamed = async (words: string, rehearsed: Rehearsed): Promise<readonly Trial[]> => {
  const checks = [...(await checksOf(rehearsed)), ...(await longChecksOf(rehearsed))];
  const chosen = checks.filter(({ title }) => title.toLowerCase().includes(words.toLowerCase()));
  if (chosen.length === 0)
    throw new Error(
      `no check with "${words}" in its title; there are\n  ${checks.map(({ title }) => title).join('\n  ')}`,
    );
  return chosen;
};

/**
 * Runs checks on the stage that `--keep` left.
 * @param words that the title of each check must contain; none for no check
 * @param seed of the chaos that follows; none for no chaos
 * @throws Error when no rehearsed cluster is up, when no check has such a title, and when a check fails
 */
export const checkAgain = async (words: string | undefined, seed: number | undefined): Promise<void> => {
  if (!existsSync(note)) throw new Error('no rehearsed cluster is up: rehearse one with --keep first');
  const { cluster, stage, images } = JSON.parse(readFileSync(note, 'utf8')) as Pick<
    Rehearsed,
    'cluster' | 'stage' | 'images'
  >;
  if (seed !== undefined && stage !== 'node') throw new Error('--chaos: needs a stage with containers that run');
  const { objects } = await renderCluster(cluster, sourceFolder('.'));
  const overlays = rehearsedOverlays(cluster);
  const rehearsed = { kubectl: kubectlFor(kubeconfig), cluster, stage, overlays, objects, images };
  const checks = words === undefined ? [] : await checksNamed(words, rehearsed);
  for (const check of [...checks, ...(seed === undefined ? [] : [chaos(seed)])]) await pass(check, rehearsed);
};
