/** Starts a stage up to a running Argo CD, and removes it. */
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { binary } from '../../binaries/src/binary.ts';
import { startArgoCd } from './argo-cd/index.ts';
import {
  buildPrograms,
  checkMachine,
  endAll,
  folders,
  makeNamespaces,
  modules,
  node,
  removeTraces,
  startContainerd,
  startControlPlane,
  started,
  startFakeNode,
  startNode,
  state,
  type Kubectl,
  type StageName,
} from './kubernetes/index.ts';
import { buildAllImages, giveNodeImages } from './images/index.ts';

/** Ends every process of the stage, and removes its interfaces, cgroups, kernel settings and folder. */
export const down = async (): Promise<void> => {
  await endAll(state);
  await removeTraces();
  rmSync(state, { recursive: true, force: true });
};

/** After an interruption the stage is removed. */
const downOnSignal = (): void => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      console.error('interrupted: ending the stage');
      void down().finally(() => process.exit(130));
    });
};

/** Prints a milestone, and the seconds since a start. */
export const lap = (from: number, what: string): void => {
  console.error(`${((performance.now() - from) / 1000).toFixed(1).padStart(6)} s  ${what}`);
};

/** A kustomize that Argo CD's repository server finds under its usual name. */
const kustomizeFolder = async (): Promise<string> => {
  const path = await binary('kustomize');
  const folder = join(state, 'bin');
  mkdirSync(folder, { recursive: true });
  symlinkSync(path, join(folder, 'kustomize'));
  return folder;
};

const startRealNode = async (start: number): Promise<Kubectl> => {
  const first = await makeNamespaces(folders.volumes);
  await startContainerd(first);
  await giveNodeImages(first);
  lap(start, 'containerd, with the images of the node’s own pods');
  const kubectl = await startControlPlane(node.machine);
  lap(start, 'API server, controllers, scheduler');
  await startNode(kubectl, first);
  lap(start, 'node, network policies, DNS, volumes');
  return kubectl;
};

const startControlPlaneOnly = async (start: number): Promise<Kubectl> => {
  const kubectl = await startControlPlane('127.0.0.1');
  await startFakeNode(kubectl);
  lap(start, 'API server, controllers, scheduler, a node without containers');
  return kubectl;
};

/** Builds the parts of a stage that this machine does not have yet. */
export const build = async (stage: StageName): Promise<void> => {
  await buildPrograms(modules.kubernetes);
  await buildPrograms(modules.argoCd);
  if (stage === 'control-plane') return;
  await buildPrograms(modules.containerd);
  await buildPrograms(modules.kubeRouter);
  await buildAllImages();
};

/**
 * Starts a stage.
 * @throws Error when one is up, when the machine lacks something, and when a part does not start; then nothing is left running
 */
export const up = async (stage: StageName): Promise<Kubectl> => {
  if (started(state).some(({ alive }) => alive))
    throw new Error('a stage is up already; npm run rehearsal -- down ends it');
  checkMachine(stage);
  await build(stage);
  downOnSignal();
  if (existsSync(state)) await down();
  mkdirSync(join(state, 'logs'), { recursive: true });
  const start = performance.now();
  try {
    const kubectl = await (stage === 'node' ? startRealNode : startControlPlaneOnly)(start);
    await startArgoCd(kubectl, await kustomizeFolder());
    lap(start, 'Argo CD');
    return kubectl;
  } catch (error) {
    // The logs stay for the user.
    await endAll(state);
    await removeTraces();
    throw error;
  }
};
