/** The declarations of the workloads that an understudy replaces. */
import { buckets, kafkaTopics } from '@cost-onprem/contracts';
import { environment, reachesLabel, scratchFolders, type Connection, type Env, type Workload } from '@cost-onprem/kit';
import { podTemplateOf, type Manifest } from '../../../../manifests/src/manifest.ts';

/** The protocol of an endpoint, by the name of its port. */
const protocols: Readonly<Record<string, string>> = {
  client: 'kafka',
  http: 'http',
  postgres: 'postgresql',
  redis: 'redis',
  s3: 's3',
};

/** One connection, as understudy/declaration.py reads it. */
interface DeclaredConnection {
  readonly protocol: string;
  readonly server: string;
  /** Variables by what they hold: the key of their ConfigMap or Secret. */
  readonly variables: Readonly<Record<string, string>>;
  readonly buckets: readonly string[];
  readonly topics: readonly string[];
}

/** One workload, as understudy/declaration.py reads it. */
export interface DeclaredWorkload {
  readonly listens: Readonly<Record<string, number>>;
  readonly readiness: readonly string[];
  readonly connections: readonly DeclaredConnection[];
  readonly variables: readonly string[];
  readonly writes: readonly string[];
}

/** The role of a variable: the key that it comes from, or a URL that is put together from other variables. */
const roleOf = (value: Env[string]): string | undefined => {
  if (typeof value === 'string') return /^\$\(\w+\):\/\//.test(value) ? 'url' : undefined;
  return 'key' in value ? value.key : undefined;
};

const roles = (env: Env): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => {
      const role = roleOf(value);
      return role === undefined ? [] : [[role, name] as const];
    }),
  );

const bucketNames: readonly string[] = Object.values(buckets);

const variablesWithBuckets = (env: Env): readonly string[] =>
  Object.entries(env).flatMap(([name, value]) =>
    typeof value === 'string' && bucketNames.includes(value) ? name : [],
  );

/**
 * A connection that an understudy can try. A connection without variables only opens a path, and only HTTP needs no login.
 */
const connection = ({ to, env }: Connection): DeclaredConnection | undefined => {
  const protocol = protocols[to.port];
  if (!protocol)
    throw new Error(
      `${to.workload}:${to.number}: the understudy knows no protocol for a port named ${to.port}; it knows ${Object.keys(protocols).join(', ')}`,
    );
  if (!env && protocol !== 'http') return undefined;
  return {
    protocol,
    server: `${to.workload}:${to.number}`,
    variables: roles(env ?? {}),
    buckets: variablesWithBuckets(env ?? {}),
    topics: protocol === 'kafka' ? kafkaTopics.map(({ name }) => name) : [],
  };
};

/** Paths that only a readiness probe asks. They may answer with a failure without causing a restart. */
const readinessPaths = ({ probes = {} }: Workload): readonly string[] => {
  const { startup, readiness, liveness } = probes;
  const path = (probe: typeof readiness) => (probe && 'get' in probe.check ? probe.check.get : undefined);
  const asked = path(readiness);
  return asked === undefined || [path(startup), path(liveness)].includes(asked) ? [] : [asked];
};

/** Variables that exist in every cluster. */
const requiredVariables = (workload: Workload): readonly string[] =>
  Object.entries(environment(workload)).flatMap(([name, value]) =>
    typeof value === 'string' || !('optional' in value && value.optional) ? name : [],
  );

/** A workload in one cluster. A connection that an overlay adds exists where the client's pods have its label. */
const asRendered = (workload: Workload, objects: readonly Manifest[]): Workload => {
  const labels = objects
    .filter(({ metadata }) => metadata.name === workload.name)
    .map((object) => podTemplateOf(object)?.metadata?.labels ?? {});
  const isThere = ({ to, when }: Connection) => !when || labels.some((borne) => reachesLabel(to) in borne);
  return { ...workload, connects: (workload.connects ?? []).filter(isThere) };
};

const declared = (workload: Workload, servers: ReadonlySet<string>): DeclaredWorkload => ({
  listens: Object.fromEntries(Object.entries(workload.listens ?? {}).map(([name, { number }]) => [name, number])),
  readiness: readinessPaths(workload),
  connections: (workload.connects ?? [])
    // An external server may replace one that the cluster lacks. Then the client has variables with its address.
    .filter(({ to, env }) => env !== undefined || servers.has(to.workload))
    .flatMap((one) => connection(one) ?? []),
  variables: requiredVariables(workload),
  writes: [...scratchFolders(workload).keys(), ...(workload.store ? [workload.store.mountPath] : [])],
});

/**
 * The declarations of some workloads, by name, for one cluster.
 * @param objects that the cluster is rendered to
 * @throws Error for an endpoint whose protocol no understudy speaks
 */
export const understudyDeclaration = (
  workloads: readonly Workload[],
  objects: readonly Manifest[],
): Readonly<Record<string, DeclaredWorkload>> => {
  const servers = new Set(objects.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name));
  return Object.fromEntries(
    workloads
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map((workload) => [workload.name, declared(asRendered(workload, objects), servers)] as const),
  );
};
