/** The declarations of the workloads that an understudy replaces. */
import { buckets, kafkaTopics, kruize } from '@cost-onprem/contracts';
import {
  clientPort,
  environment,
  reachesLabel,
  scratchFolders,
  type Connection,
  type Env,
  type Workload,
} from '@cost-onprem/kit';
import { podTemplateOf, type Manifest } from '../../../../manifests/src/manifest.ts';

/** The protocol of an endpoint, by the name of its port. */
const protocols: Readonly<Record<string, string>> = {
  client: 'kafka',
  http: 'http',
  // Kruize's port has its own name, because Prometheus may reach it too.
  [kruize.kruize.port]: 'http',
  postgres: 'postgresql',
  redis: 'redis',
  s3: 's3',
};

/** One connection, as understudy/declaration.py reads it. */
interface DeclaredConnection {
  readonly protocol: string;
  readonly server: string;
  /** Variables by what they hold: the key of their ConfigMap or Secret, or what a fixed value says about the server. */
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

/** What a fixed value says about a server that is never elsewhere. */
const fixedRole = ({ to }: Connection, value: string): string | undefined => {
  const [host, port] = [to.workload, String(clientPort(to))];
  const roles: Readonly<Record<string, string>> = { [host]: 'host', [port]: 'port', [`http://${host}:${port}`]: 'url' };
  return roles[value];
};

/** What two variables hold together, by their roles. */
const together: readonly (readonly [role: string, first: string, between: string, second: string])[] = [
  ['authority', 'host', ':', 'port'],
  ['url', 'scheme', '://', 'host'],
];

const roles = (connection: Connection): Readonly<Record<string, string>> => {
  const variables = Object.entries(connection.env ?? {});
  const single = Object.fromEntries(
    variables.flatMap(([name, value]) => {
      const role = typeof value === 'string' ? fixedRole(connection, value) : 'key' in value ? value.key : undefined;
      return role === undefined ? [] : [[role, name] as const];
    }),
  );
  const composed = together.flatMap(([role, first, between, second]) => {
    const [name] = variables.find(([, value]) => value === `$(${single[first]})${between}$(${single[second]})`) ?? [];
    return name === undefined ? [] : [[role, name] as const];
  });
  return { ...single, ...Object.fromEntries(composed) };
};

/** Roles that say where a server is. */
const addressRoles = ['authority', 'host', 'url'] as const;

const bucketNames: readonly string[] = Object.values(buckets);

const variablesWithBuckets = (env: Env): readonly string[] =>
  Object.entries(env).flatMap(([name, value]) =>
    typeof value === 'string' && bucketNames.includes(value) ? name : [],
  );

/** A client that waits for an answer to a GET says by that that the server speaks HTTP. */
const protocolOf = ({ to, waitFor }: Connection): string => {
  const protocol = protocols[to.port] ?? (waitFor && 'get' in waitFor ? 'http' : undefined);
  if (!protocol)
    throw new Error(
      `${to.workload}:${to.number}: the understudy knows no protocol for a port named ${to.port}; it knows ${Object.keys(protocols).join(', ')}`,
    );
  return protocol;
};

/**
 * A connection that an understudy can try. Without a variable for the address a connection only opens a path, for example
 * because each message names an address; and only HTTP needs no login.
 */
const connection = (declared: Connection): DeclaredConnection | undefined => {
  const { to, env = {} } = declared;
  const protocol = protocolOf(declared);
  const variables = roles(declared);
  if (protocol !== 'http' && !addressRoles.some((role) => role in variables)) return undefined;
  return {
    protocol,
    server: `${to.workload}:${clientPort(to)}`,
    variables,
    buckets: variablesWithBuckets(env),
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
