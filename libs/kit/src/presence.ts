/**
 * Connections to servers that only some clusters have. The overlay that adds such a server also patches its clients, so
 * that the clients of a cluster without the server never wait for it.
 */
import { controller } from './controllers.ts';
import { environment, variables } from './environment.ts';
import { logStorage } from './ephemeral-storage.ts';
import { reachesLabels } from './labels.ts';
import { resources } from './resources.ts';
import { sessionsAnnotations } from './sessions.ts';
import { workloadsOf } from './tables.ts';
import type { Application, Overlay, Workload } from './vocabulary.ts';
import { waitFor, waitSize } from './wait-for.ts';

/** A workload as every cluster has it: without the connections to servers that only an overlay adds. */
export const inEveryCluster = (workload: Workload): Workload => ({
  ...workload,
  connects: (workload.connects ?? []).filter(({ when }) => when === undefined),
});

const withConnectionsOf = (workload: Workload, overlay: Overlay): Workload => ({
  ...workload,
  connects: (workload.connects ?? []).filter(({ when }) => when === overlay),
});

/** What one overlay adds to one client. */
export interface Joining {
  /** The target of Kustomize's patch. Kustomize skips it if the cluster lacks the client. */
  readonly target: { readonly kind: string; readonly name: string };
  readonly patch: object;
}

/**
 * The init containers that an overlay adds, after those that the client has in every cluster. The list names those too,
 * because a profile finds them by index and Kustomize would put the new ones first. The new ones have a size already,
 * because a profile does not know the overlays of a cluster.
 */
const waits = (workload: Workload, overlay: Overlay): readonly object[] => {
  const added = waitFor(withConnectionsOf(workload, overlay));
  if (added.length === 0) return [];
  const known = waitFor(inEveryCluster(workload)).map(({ name }) => ({ name }));
  return [...known, ...added.map((container) => ({ ...container, resources: resources(waitSize, logStorage) }))];
};

/**
 * A strategic merge, because a JSON 6902 patch would need to know whether the client already has init containers.
 * @throws Error when two declarations give one variable different values, even if they come with different overlays
 */
const joining = (workload: Workload, application: string, overlay: Overlay): Joining => {
  environment(workload);
  const { connects = [], ...rest } = withConnectionsOf(workload, overlay);
  const known = environment(inEveryCluster(workload));
  const added = Object.entries(environment({ ...rest, connects, env: {} })).filter(([name]) => !(name in known));
  const initContainers = waits(workload, overlay);
  const template = {
    metadata: { labels: reachesLabels(connects) },
    ...((initContainers.length > 0 || added.length > 0) && {
      spec: {
        ...(initContainers.length > 0 && { initContainers }),
        ...(added.length > 0 && {
          containers: [{ name: application, env: variables(Object.fromEntries(added)) }],
        }),
      },
    }),
  };
  const annotations = sessionsAnnotations({ ...rest, connects });
  const { apiVersion, kind } = controller(inEveryCluster(workload), application);
  return {
    target: { kind, name: workload.name },
    patch: {
      apiVersion,
      kind,
      metadata: { name: workload.name, ...(Object.keys(annotations).length > 0 && { annotations }) },
      spec: kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template },
    },
  };
};

/** What each overlay adds to the clients of an application, only for overlays that add something. */
export const joinings = (application: Application): Readonly<Partial<Record<Overlay, readonly Joining[]>>> => {
  const clients = workloadsOf(application);
  const overlays = [...new Set(clients.flatMap(({ connects = [] }) => connects.flatMap(({ when }) => when ?? [])))];
  return Object.fromEntries(
    overlays
      .toSorted()
      .map((overlay) => [
        overlay,
        clients
          .filter(({ connects = [] }) => connects.some(({ when }) => when === overlay))
          .map((client) => joining(client, application.name, overlay)),
      ]),
  );
};

/** The folder below `libs/<application>/base` that an overlay lists in its components. */
export const presenceFolder = (overlay: string): string => `when/${overlay}`;
