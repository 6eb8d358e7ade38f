/** Secrets of a running cluster: created once, created again one by one, changed by one command, and visible nowhere else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dbKoku, namespace, objectStorageCredentials } from '@cost-onprem/contracts';
import type { Manifest } from '../../../tools/manifests/src/manifest.ts';
import { neededSecrets } from '../../../tools/manifests/src/secrets.ts';
import { rotateCluster } from '../../../tools/secrets/src/rotate-cluster.ts';
import { planRotation } from '../../../tools/secrets/src/rotation.ts';
import { getApplication, sync, syncAgain } from '../../../tools/rehearsal/src/argo-cd/index.ts';
import { state, until, type Kubectl } from '../../../tools/rehearsal/src/kubernetes/index.ts';
import {
  allWork,
  hasOwnServers,
  makesSecrets,
  works,
  type Check,
  type Rehearsed,
} from '../../../tools/rehearsal/src/checks/index.ts';

/** Values by key in base64, by the name of their Secret. */
type Values = ReadonlyMap<string, Readonly<Record<string, string>>>;

interface Stored {
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
}

const valuesNow = async ({ kubectl, objects }: Rehearsed): Promise<Values> => {
  const needed = new Set(neededSecrets(objects).map(({ name }) => name));
  const { items } = await kubectl.get<{ readonly items: readonly Stored[] }>(['secrets', '-n', namespace]);
  return new Map(
    items.filter(({ metadata }) => needed.has(metadata.name)).map(({ metadata, data = {} }) => [metadata.name, data]),
  );
};

/** `name/key` of each changed value. */
const changed = (before: Values, after: Values): readonly string[] =>
  [...before].flatMap(([name, data]) =>
    Object.keys(data)
      .filter((key) => after.get(name)?.[key] !== data[key])
      .map((key) => `${name}/${key}`),
  );

const assertChanged = (found: readonly string[], wanted: readonly string[]): void => {
  if (found.toSorted().join() !== wanted.toSorted().join())
    throw new Error(`new values have ${found.join(', ') || 'none'}; they must have ${wanted.join(', ') || 'none'}`);
};

const keysOf = (values: Values, names: readonly string[]): readonly string[] =>
  names.flatMap((name) => Object.keys(values.get(name) ?? {}).map((key) => `${name}/${key}`));

const say = (step: string): void => console.log(`         ${step.length > 100 ? `${step.slice(0, 99)}…` : step}`);

/** Random values of a chart would change in each sync (tools/documentation/facts/argo-cd.md#random-values). */
export const secretsKept: Check = {
  title: 'three syncs keep the values of every Secret',
  stages: ['node'],
  applies: (rehearsed) => makesSecrets(rehearsed) && hasOwnServers(rehearsed),
  order: 530,
  run: async (rehearsed) => {
    const before = await valuesNow(rehearsed);
    for (let round = 0; round < 3; round += 1) await syncAgain(rehearsed.kubectl, rehearsed.cluster);
    assertChanged(changed(before, await valuesNow(rehearsed)), []);
    console.log(`         ${before.size} Secrets`);
  },
};

/** The worst Secret to lose, because the migration of the same sync waits until the database has the new password. */
export const secretRemade: Check = {
  title: `the next sync creates a deleted Secret again, and changes no other; after a restart of its readers ${works}`,
  stages: ['node'],
  applies: makesSecrets,
  order: 720,
  long: true,
  run: async (rehearsed) => {
    const { kubectl, cluster, objects } = rehearsed;
    const { name } = dbKoku.credentials;
    const before = await valuesNow(rehearsed);
    const last = (await getApplication(kubectl, cluster)).status?.operationState?.finishedAt;
    await kubectl.run(['delete', 'secret', name, '-n', namespace]);
    await sync(kubectl, cluster);
    await until(`the return of the Secret ${name}`, 120, state, async () => (await valuesNow(rehearsed)).has(name));
    assertChanged(changed(before, await valuesNow(rehearsed)), keysOf(before, [name]));
    await rotateCluster(kubectl.run, planRotation(objects, [name], true), say);
    await until('the end of the sync', 600, state, async () => {
      const { operationState } = (await getApplication(kubectl, cluster)).status ?? {};
      return operationState?.phase === 'Succeeded' && operationState.finishedAt !== last;
    });
    await allWork(rehearsed);
  },
};

/** Changes all Secrets at once, with the code of the documented command. */
export const secretsRotated: Check = {
  title: `one command gives every credential new values; then ${works}`,
  stages: ['node'],
  applies: makesSecrets,
  order: 730,
  long: true,
  run: async (rehearsed) => {
    const { kubectl, objects } = rehearsed;
    const before = await valuesNow(rehearsed);
    const rotation = planRotation(objects, ['all']);
    await rotateCluster(kubectl.run, rotation, say);
    assertChanged(changed(before, await valuesNow(rehearsed)), keysOf(before, rotation.remade));
    await allWork(rehearsed);
    await nothingSeen.run(rehearsed);
  },
};

/** An access key's identifier is part of signed addresses on purpose. */
const isSecret = (name: string, key: string): boolean =>
  !(name === objectStorageCredentials.name && key === objectStorageCredentials.keys.AWS_ACCESS_KEY_ID.key);

/** Places where a reader might find what only the API server and the pods must know, with their content. */
const places = async (kubectl: Kubectl, objects: readonly Manifest[]): Promise<ReadonlyMap<string, string>> => {
  const list = async (kinds: string, of: string) => (await kubectl.run(['get', kinds, '-n', of, '-o', 'json'])).out;
  const { items: pods } = await kubectl.get<{ readonly items: readonly Stored[] }>(['pods', '-n', namespace]);
  const logs = await Promise.all(
    pods.map(async ({ metadata: { name } }) => {
      const log = ['logs', name, '-n', namespace, '--all-containers', '--prefix=false'];
      // A pod that has not started has no log.
      const { out } = await kubectl.run(log).catch(() => ({ out: '' }));
      return [`the log of ${name}`, out] as const;
    }),
  );
  const processes = readdirSync(join(state, 'logs')).map(
    (file) => [`the log of the process ${file}`, readFileSync(join(state, 'logs', file), 'utf8')] as const,
  );
  const workloads = 'deployments,statefulsets,replicasets,jobs,cronjobs,controllerrevisions';
  return new Map([
    ['the render', JSON.stringify(objects)],
    ['a pod', await list('pods', namespace)],
    ['a workload', await list(workloads, namespace)],
    ['a ConfigMap', await list('configmaps', namespace)],
    ['an event', await list('events', namespace)],
    ['Argo CD’s Application', await list('applications,appprojects,applicationsets', 'argocd')],
    ...logs,
    ...processes,
  ]);
};

/** Searches for the values themselves, in plain text and in base64. */
export const nothingSeen: Check = {
  title: 'no value of a Secret is in a render, a pod, an event, a log, or Argo CD’s output',
  stages: ['node'],
  order: 510,
  run: async (rehearsed) => {
    const { kubectl, objects } = rehearsed;
    const values = [...(await valuesNow(rehearsed))].flatMap(([name, data]) =>
      Object.entries(data)
        .filter(([key]) => isSecret(name, key))
        .map(([key, encoded]) => ({
          name: `${name}/${key}`,
          encoded,
          plain: Buffer.from(encoded, 'base64').toString(),
        })),
    );
    const searched = await places(kubectl, objects);
    const seen = [...searched].flatMap(([place, text]) =>
      values
        .filter(({ plain, encoded }) => text.includes(plain) || text.includes(encoded))
        .map(({ name }) => `${name} is in ${place}`),
    );
    if (seen.length > 0) throw new Error(seen.join('\n  '));
    const bytes = [...searched.values()].reduce((sum, text) => sum + text.length, 0);
    console.log(`         ${values.length} values, not in ${searched.size} places of ${(bytes / 1e6).toFixed(1)} MB`);
  },
};
