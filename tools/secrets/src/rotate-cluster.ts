/** Carries a rotation out on a cluster, step by step. */
import { setTimeout as sleep } from 'node:timers/promises';
import { namespace } from '@cost-onprem/contracts';
import { copyOfJob, type Rotation } from './rotation.ts';

/** Runs kubectl with some arguments, and what it reads; throws what it says on stderr. */
export type RunKubectl = (args: readonly string[], input?: string) => Promise<{ readonly out: string }>;

/** Seconds for the Job, which needs a few, and for an operator. */
const patience = 300;

/** Seconds for one group of workloads to be ready again: a database may recover first. */
const restartPatience = 900;

const inNamespace = ['-n', namespace];

const remake = async (kubectl: RunKubectl, { remade, job }: Rotation): Promise<void> => {
  if (!job) throw new Error(`the cluster has no Job that could make ${remade.join(', ')}`);
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
    if (waited > patience) throw new Error(`the ExternalSecret ${name} is not fetched again after ${patience} s`);
    await sleep(1000);
  }
};

const restart = async (kubectl: RunKubectl, group: readonly string[]): Promise<void> => {
  await kubectl(['rollout', 'restart', ...group, ...inNamespace]);
  for (const workload of group)
    await kubectl(['rollout', 'status', workload, ...inNamespace, `--timeout=${restartPatience}s`]);
};

/**
 * Gives Secrets new values, and restarts all that read them.
 * @param say is told of each step before it is done
 * @throws Error with what kubectl says; the same rotation may then be begun again
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
  // A restart without them would take what runs away.
  await kubectl(['get', 'secret', ...remade, ...fetched, ...changed, ...inNamespace, '-o', 'name']);
  for (const group of restarts) {
    say(`restarting ${group.join(', ')}`);
    await restart(kubectl, group);
  }
};
