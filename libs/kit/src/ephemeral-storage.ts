/**
 * What pods may write on the disk of their node, in Mi: the kubelet evicts a pod that writes more
 * (tools/documentation/facts/kubernetes.md#what-a-pod-writes-on-its-node).
 */
import type { Bounds } from './size.ts';
import type { Workload } from './vocabulary.ts';

/**
 * What each folder may hold whatever its declaration says: a hundred times what Koku's processes leave in theirs
 * (tools/documentation/facts/koku-measurements.md#temporary-files). Java unpacks a few Mi of libraries.
 */
const someFiles = 32;

/**
 * The log of a container: two whole files and three compressed ones, with the default size for the request and with
 * OpenShift's for the limit (tools/documentation/facts/kubernetes.md#logs-of-containers).
 */
export const logStorage: Bounds = [32, 128];

/** Writable folders of a workload, by path. With a read-only root few programs start without a writable /tmp. */
export const scratchFolders = ({ scratch = [] }: Workload): ReadonlyMap<string, number> =>
  new Map([{ path: '/tmp' }, ...scratch].map(({ path, mebibytes = 0 }) => [path, mebibytes + someFiles]));

/** The kubelet holds what is in folders against the limits of the pod. It comes and goes, so no request counts it. */
const withFolders = (folders: Iterable<number>): Bounds => {
  const [request, limit] = logStorage;
  return [request, [...folders].reduce((sum, mebibytes) => sum + mebibytes, limit)];
};

/** What the main container of a workload gets. */
export const mainStorage = (workload: Workload): Bounds => withFolders(scratchFolders(workload).values());

/** What a container gets that an operator makes, with a temporary folder of its own. */
export const operatorStorage: Bounds = withFolders([someFiles]);
