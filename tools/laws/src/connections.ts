/** A database server that allows too few connections refuses some of its clients, and Koku then loses their work. */
import {
  connectionsFor,
  databaseMemory,
  databases,
  maxConnections,
  serversOf,
  type DatabaseWork,
} from '@cost-onprem/contracts';
import { readSessions, sessionsAnnotation } from '@cost-onprem/kit';
import { toMebibytes } from '@cost-onprem/kit/quantity';
import { reachesLabel } from '@cost-onprem/kit/labels';
import { at, identity, podTemplateOf, type Container, type Manifest } from '../../manifests/src/manifest.ts';
import type { Finding, Law } from './law.ts';

const mainContainer = (object: Manifest): Container | undefined => podTemplateOf(object)?.spec?.containers?.[0];

/** The value of a variable, set directly or in the ConfigMaps that the container reads whole; the last one wins. */
const variableOf =
  (object: Manifest, objects: readonly Manifest[]) =>
  (name: string): string | undefined => {
    const { env = [], envFrom = [] } = mainContainer(object) ?? {};
    const given = envFrom.map(
      ({ configMapRef }) =>
        objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMapRef?.name)?.data?.[
          name
        ],
    );
    return env.find((variable) => variable.name === name)?.value ?? given.findLast((value) => value !== undefined);
  };

const connectionsOf = (server: Manifest, objects: readonly Manifest[]): number =>
  Number(variableOf(server, objects)(maxConnections.variable) ?? maxConnections.otherwise);

/** As many as an autoscaler may make of it, where it has one. */
const replicasOf = ({ kind, metadata, spec }: Manifest, objects: readonly Manifest[]): number => {
  const autoscaler = objects.find(
    (object) =>
      object.kind === 'HorizontalPodAutoscaler' &&
      at(object.spec, 'scaleTargetRef', 'kind') === kind &&
      at(object.spec, 'scaleTargetRef', 'name') === metadata.name,
  );
  return Number(at(autoscaler?.spec, 'maxReplicas') ?? at(spec, 'replicas') ?? 1);
};

/** During a rollout old pods may still finish their work beside as many new ones. */
const podsOf = (client: Manifest, objects: readonly Manifest[]): number =>
  replicasOf(client, objects) *
  (client.kind === 'Deployment' && at(client.spec, 'strategy', 'type') !== 'Recreate' ? 2 : 1);

/** Sessions that the pods of one object may have open with an endpoint. */
const sessionsOf = (client: Manifest, objects: readonly Manifest[], annotation: string): number => {
  const { count, each } = readSessions(client.metadata.annotations?.[annotation]);
  // Without the profile that gives the variable there are other findings.
  return podsOf(client, objects) * count * (each === undefined ? 1 : Number(variableOf(client, objects)(each) ?? 1));
};

const serverNamed = (objects: readonly Manifest[], name: string): Manifest | undefined =>
  objects.find(({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === name);

const memoryFaults = (server: Manifest, connections: number, work: DatabaseWork): readonly string[] => {
  const given = mainContainer(server)?.resources?.limits?.['memory'];
  if (given === undefined) return [];
  const limit = toMebibytes(given);
  const needed = databaseMemory(limit, connections, work);
  return needed <= limit
    ? []
    : [`allows ${connections} connections, which need ${needed} Mi with its buffers, over its limit of ${given}`];
};

const clientsOf = (objects: readonly Manifest[], label: string): readonly Manifest[] =>
  objects.filter((object) => podTemplateOf(object)?.metadata?.labels?.[label] === 'true');

const countFaults = (connections: number, wanted: number, because: string): readonly string[] =>
  connections >= wanted
    ? []
    : [
        `allows ${connections} connections, and ${because}: set ${maxConnections.variable} of its container to at least ${wanted}`,
      ];

/** Each database server allows what its clients may open, a replica what its primary allows, and has the memory. */
export const connectionsAllowed: Law = (objects) =>
  databases.flatMap((database): readonly Finding[] => {
    const { endpoint } = database;
    const [primary, ...followers] = serversOf([database]).flatMap(({ name }) => serverNamed(objects, name) ?? []);
    if (!primary) return [];
    const sessions = clientsOf(objects, reachesLabel(endpoint))
      .map((client) => sessionsOf(client, objects, sessionsAnnotation(endpoint)))
      .reduce((sum, each) => sum + each, 0);
    const allowed = connectionsOf(primary, objects);
    const follows = `would stop following ${identity(primary)}, which allows ${allowed}`;
    const faults = [
      [primary, countFaults(allowed, connectionsFor(sessions), `its clients may open ${sessions}`)] as const,
      ...followers.map((server) => [server, countFaults(connectionsOf(server, objects), allowed, follows)] as const),
      ...[primary, ...followers].map(
        (server) => [server, memoryFaults(server, connectionsOf(server, objects), database.work)] as const,
      ),
    ];
    return faults.flatMap(([server, sentences]) =>
      sentences.map((sentence) => ({ object: identity(server), sentence })),
    );
  });
