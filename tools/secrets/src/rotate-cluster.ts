/** Rotates Secrets in a cluster, step by step. */
import { setTimeout as sleep } from 'node:timers/promises';
import { namespace } from '@cost-onprem/contracts';
import type { RunKubectl } from './kubectl.ts';
import { copyOfJob, stepsOf, type Rotation, type Step } from './rotation.ts';

/** Seconds that the Job or an operator may take. The Job needs a few. */
const patience = 300;

/** Seconds until a group of workloads must be ready again. A database may have to recover first. */
const restartPatience = 900;

const inNamespace = ['-n', namespace];

const remake = async (kubectl: RunKubectl, { remade, job }: Rotation): Promise<void> => {
  if (!job) throw new Error(`the cluster has no Job that creates ${remade.join(', ')}`);
  const copy = copyOfJob(job);
  const name = `job/${copy.metadata.name}`;
  await kubectl(['delete', name, ...inNamespace, '--ignore-not-found']);
  await kubectl(['delete', 'secret', ...remade, ...inNamespace, '--ignore-not-found']);
  await kubectl(['create', '-f', '-'], JSON.stringify(copy));
  await kubectl(['wait', '--for=condition=Complete', name, ...inNamespace, `--timeout=${patience}s`]);
  await kubectl(['delete', name, ...inNamespace]);
};

const fetchAgain = async (kubectl: RunKubectl, name: string): Promise<void> => {
  const refreshed = async () =>
    (await kubectl(['get', 'externalsecret', name, ...inNamespace, '-o', 'jsonpath={.status.refreshTime}'])).out;
  const before = await refreshed();
  const now = `force-sync=${Date.now()}`;
  await kubectl(['annotate', 'externalsecret', name, ...inNamespace, '--overwrite', now]);
  for (let waited = 0; (await refreshed()) === before; waited += 1) {
    if (waited > patience) throw new Error(`the External Secrets Operator did not fetch ${name} within ${patience} s`);
    await sleep(1000);
  }
};

/** Checks that Secrets exist, because pods would not start again without them. */
const exist = async (kubectl: RunKubectl, names: readonly string[]): Promise<void> => {
  await kubectl(['get', 'secret', ...names, ...inNamespace, '-o', 'name']);
};

const restart = async (kubectl: RunKubectl, group: readonly string[]): Promise<void> => {
  await kubectl(['rollout', 'restart', ...group, ...inNamespace]);
  for (const workload of group)
    await kubectl(['rollout', 'status', workload, ...inNamespace, `--timeout=${restartPatience}s`]);
};

const take = async (kubectl: RunKubectl, rotation: Rotation, { does, names }: Step): Promise<void> => {
  if (does === 'restart') return restart(kubectl, names);
  if (does === 'remake') await remake(kubectl, rotation);
  if (does === 'fetch') for (const name of names) await fetchAgain(kubectl, name);
  await exist(kubectl, names);
};

/**
 * Gives Secrets new values and restarts their readers.
 * @param say receives each step before it runs
 * @param finished receives each step after it ran
 * @throws Error with kubectl's output; the same rotation can then start again
 */
export const rotateCluster = async (
  kubectl: RunKubectl,
  rotation: Rotation,
  say: (step: string) => void,
  finished: (step: Step) => void = () => undefined,
): Promise<void> => {
  for (const step of stepsOf(rotation)) {
    say(step.text);
    await take(kubectl, rotation, step);
    finished(step);
  }
};
