import type { IContainer } from 'kubernetes-models/v1';
import { variables } from './environment.ts';
import { httpCheck } from './http-check.ts';
import { containerSecurity } from './security.ts';
import type { PodSize } from './size.ts';
import { clientPort, type Connection, type Workload } from './vocabulary.ts';
import { contributions } from './volumes.ts';

/** Prefix of the names of these init containers. The server's name follows. */
export const waitForPrefix = 'wait-for-';

/** Seconds between two checks. */
const pause = 2;

/** Enough for one short-lived client process. Kubernetes counts the larger of this and the main container. */
export const waitSize = { millicores: [10, 200], mebibytes: [32, 128] } as const satisfies PodSize;

const isCommand = (check: NonNullable<Connection['waitFor']>): check is readonly string[] => Array.isArray(check);

const container = (
  client: Workload,
  { to, env = {} }: Connection,
  check: NonNullable<Connection['waitFor']>,
): IContainer => ({
  name: `${waitForPrefix}${to.workload}`,
  image: client.image,
  imagePullPolicy: 'IfNotPresent',
  command: [
    'sh',
    '-c',
    `trap 'exit 143' TERM; until "$@"; do echo "${client.name} waits for ${to.workload}:${clientPort(to)}"; sleep ${pause}; done`,
    'wait-for',
    ...(isCommand(check) ? check : httpCheck(to, check)),
  ],
  env: variables(env),
  securityContext: containerSecurity,
  volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }, ...contributions(client).map(({ mount }) => mount)],
});

/**
 * Init containers, one per connection that declares a check: the pod starts its main container once each server has
 * answered in its own protocol (tools/documentation/facts/kubernetes.md#an-open-port-is-not-readiness).
 */
export const waitFor = (client: Workload): IContainer[] =>
  (client.connects ?? []).flatMap((connection) =>
    connection.waitFor ? [container(client, connection, connection.waitFor)] : [],
  );
