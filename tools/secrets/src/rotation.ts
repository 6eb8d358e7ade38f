/** Plans how Secrets get new values, which workloads must restart, and in which order. */
import type { JobName } from '@cost-onprem/contracts';
import { reachesLabel } from '@cost-onprem/kit';
import { allowed } from '../../repository/src/suggest.ts';
import { identity, podKindOf, podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import { optionalSecrets } from '../../repository/src/declarations.ts';
import { comesWithBucket, mayBeRandom, neededSecrets, readersOf, secretsChoice } from '../../manifests/src/secrets.ts';

const maker: JobName = 'secrets-generate';

/** The plan of a rotation. */
export interface Rotation {
  /** Secrets to delete, so that the Job creates them again. */
  readonly remade: readonly string[];
  /** The Job that creates them, from the cluster's render. */
  readonly job?: Manifest | undefined;
  /** Secrets that the External Secrets Operator fetches again. */
  readonly fetched: readonly string[];
  /** Secrets that must have their new values already, because something else creates them. */
  readonly changed: readonly string[];
  /** Workloads to restart, as `kind/name`. Each group restarts when the previous one is ready. */
  readonly restarts: readonly (readonly string[])[];
}

const waveOf = ({ metadata }: Manifest): number => Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);

/** Whether pods of `client` connect to `server`, according to the labels of `client`. */
const reaches = (client: Manifest, server: Manifest): boolean => {
  const prefix = reachesLabel({ workload: server.metadata.name, port: '', number: 0 });
  return Object.keys(podTemplateOf(client)?.metadata?.labels ?? {}).some((label) => label.startsWith(prefix));
};

/** Groups of objects, servers before their clients. Objects that are clients of each other are in one group. */
const layers = (objects: readonly Manifest[]): readonly (readonly Manifest[])[] => {
  if (objects.length === 0) return [];
  const free = objects.filter((client) => !objects.some((server) => server !== client && reaches(client, server)));
  const first = free.length > 0 ? free : objects;
  return [first, ...layers(objects.filter((object) => !first.includes(object)))];
};

/** Whether an object must restart. Jobs and CronJobs read a Secret when they run next. */
const rolls = (object: Manifest): boolean => podKindOf(object)?.pods === 'roll';

const restartsOf = (objects: readonly Manifest[], names: readonly string[]): Rotation['restarts'] => {
  const readers = new Set(names.flatMap((name) => readersOf(objects, name)).filter(rolls));
  const waves = Object.entries(Object.groupBy(readers, waveOf)).toSorted(([a], [b]) => Number(a) - Number(b));
  return waves
    .flatMap(([, wave = []]) => layers(wave))
    .map((group) => group.map((object) => identity(object).toLowerCase()).toSorted());
};

/**
 * Plans a rotation.
 * @param objects the cluster's render
 * @param names names of Secrets, or `all`
 * @param keepValues whether the Secrets have their new values already
 * @throws Error naming the allowed Secrets, for a Secret that the cluster does not need
 */
export const planRotation = (objects: readonly Manifest[], names: readonly string[], keepValues = false): Rotation => {
  const needed = neededSecrets(objects);
  const known = needed.map(({ name }) => name);
  const asked = names.includes('all') ? known : names;
  // Optional Secrets may not exist, so `all` does not include them: only their own name selects them.
  const brought = optionalSecrets.map(({ name }) => name).filter((name) => readersOf(objects, name).length > 0);
  const unknown = asked.find((name) => !known.includes(name) && !brought.includes(name));
  if (unknown !== undefined || asked.length === 0)
    throw new Error(
      `does not need the Secret ${unknown ?? ''}; ${allowed(unknown ?? '', [...known, ...brought, 'all'])}`,
    );
  const choice = secretsChoice(objects);
  const rotated = needed.filter(({ name }) => asked.includes(name));
  const ours = rotated.filter(({ name }) => !keepValues && !comesWithBucket(objects, name));
  const remade = choice === 'generated' ? ours.filter((declared) => mayBeRandom(objects, declared)) : [];
  const fetched = choice === 'external' ? ours : [];
  const others = rotated.filter((declared) => !remade.includes(declared) && !fetched.includes(declared));
  const namesOf = (list: typeof rotated) => list.map(({ name }) => name);
  return {
    remade: namesOf(remade),
    job:
      remade.length > 0 ? objects.find(({ kind, metadata }) => kind === 'Job' && metadata.name === maker) : undefined,
    fetched: namesOf(fetched),
    changed: [...namesOf(others), ...brought.filter((name) => asked.includes(name))],
    restarts: restartsOf(objects, asked),
  };
};

/** A copy of the Job with another name and without annotations, so that Argo CD ignores it. */
export const copyOfJob = ({ apiVersion, kind, metadata, spec }: Manifest): Manifest => ({
  apiVersion,
  kind,
  metadata: {
    name: `${metadata.name}-by-hand`,
    ...(metadata.namespace && { namespace: metadata.namespace }),
    ...(metadata.labels && { labels: metadata.labels }),
  },
  ...(spec && { spec }),
});

/** One step of a rotation. A rotation that stopped within a step can take it again. */
export interface Step {
  readonly does: 'remake' | 'fetch' | 'leave' | 'restart';
  /** Names of Secrets, or for a restart `kind/name` of workloads. */
  readonly names: readonly string[];
  /** The line of the plan. */
  readonly text: string;
}

const step = (does: Step['does'], names: readonly string[], text: string): readonly Step[] =>
  names.length > 0 ? [{ does, names, text }] : [];

/** The steps of a rotation, in their order. */
export const stepsOf = ({ remade, fetched, changed, restarts }: Rotation): readonly Step[] => [
  ...step('remake', remade, `delete ${remade.join(', ')} and let the Job create new values`),
  ...step('fetch', fetched, `let the External Secrets Operator fetch ${fetched.join(', ')}`),
  ...step('leave', changed, `leave ${changed.join(', ')} unchanged: their new values must be there already`),
  ...restarts.flatMap((group) => step('restart', group, `restart ${group.join(', ')}`)),
];

/** The steps of a rotation, one line each. */
export const describeRotation = (rotation: Rotation): readonly string[] => stepsOf(rotation).map(({ text }) => text);

/**
 * What a rotation that stopped has done and has left. Once all Secrets have their new values, the rest must not give them
 * other ones.
 * @param goOn the command that goes on, by whether it must keep the values
 */
export const describeRest = (
  rotation: Rotation,
  done: readonly Step[],
  goOn: (keepValues: boolean) => string,
): string => {
  const left = stepsOf(rotation).slice(done.length);
  const line = ({ text }: Step): string => `  ${text}`;
  return [
    'done:',
    ...(done.length > 0 ? done.map(line) : ['  nothing']),
    'left; the first of these may be half done, and can be done again:',
    ...left.map(line),
    'This goes on:',
    `  ${goOn(left.every(({ does }) => does === 'restart' || does === 'leave'))}`,
  ].join('\n');
};
