/** Rotates Secrets in a cluster, step by step. */
import { setTimeout as sleep } from 'node:timers/promises';
import { namespace } from '@cost-onprem/contracts';
import { copyOfJob, type Rotation } from './rotation.ts';

/** Runs kubectl with arguments and standard input; throws an error with its stderr. */
export type RunKubectl = (args: readonly string[], input?: string) => Promise<{ readonly out: string }>;

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

const restart = async (kubectl: RunKubectl, group: readonly string[]): Promise<void> => {
  await kubectl(['rollout', 'restart', ...group, ...inNamespace]);
  for (const workload of group)
    await kubectl(['rollout', 'status', workload, ...inNamespace, `--timeout=${restartPatience}s`]);
};

/**
 * Gives Secrets new values and restarts their readers.
 * @param say receives each step before it runs
 * @throws Error with kubectl's output; the same rotation can then start again
 */
export const rotateCluster = async (
  kubectl: RunKubectl,
  rotation: Rotation,
  say: (step: string) => void,
): Promise<void> => {
  const { remade, fetched, changed, restarts } = rotation;
  if (remade.length > 0) {
    say(`new values for ${remade.join(', ')}`);
    await remake(kubectl, rotation);
  }
  for (const name of fetched) {
    say(`fetching ${name}`);
    await fetchAgain(kubectl, name);
  }
  // Check that they exist, because pods would not start again without them.
  await kubectl(['get', 'secret', ...remade, ...fetched, ...changed, ...inNamespace, '-o', 'name']);
  for (const group of restarts) {
    say(`restarting ${group.join(', ')}`);
    await restart(kubectl, group);
  }
};
