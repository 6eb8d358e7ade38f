/** What a smoke test needs to know of a cluster: all of it is in the cluster's render. */
import { ingress, publicAddress, rosocpApi, sourcesApi } from '@cost-onprem/contracts';
import { configMapNamed } from '../../manifests/src/hash-suffix.ts';
import type { Manifest } from '../../manifests/src/manifest.ts';
import type { SourcesServer } from './sources.ts';

/** A cluster, as a smoke test sees it. */
export interface Target {
  /** Host name of the Route or Ingress. */
  readonly host: string;
  /** Whether the cluster has the resource optimisation. */
  readonly recommends: boolean;
  /** The server that takes new sources. */
  readonly sources: SourcesServer;
  /** Names of its workloads that run all the time. */
  readonly workloads: readonly string[];
}

const longRunning: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet']);

/**
 * Reads a render.
 * @param cluster its name, for errors
 * @throws Error if the cluster takes no uploads
 */
export const targetOf = (objects: readonly Manifest[], cluster: string): Target => {
  const workloads = objects.filter(({ kind }) => longRunning.has(kind)).map(({ metadata }) => metadata.name);
  if (!workloads.includes(ingress.http.workload))
    throw new Error(
      `clusters/${cluster}: has no workload ${ingress.http.workload}, so it takes no uploads; its stack must contain it`,
    );
  return {
    host: configMapNamed(objects, publicAddress.name)?.data?.['host'] ?? '',
    recommends: workloads.includes(rosocpApi.http.workload),
    sources: workloads.includes(sourcesApi.http.workload) ? 'sources-api' : 'koku',
    workloads,
  };
};
