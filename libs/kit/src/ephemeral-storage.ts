/**
 * How much pods may write to the disk of their node, in Mi. The kubelet evicts a pod that writes more
 * (tools/documentation/facts/kubernetes.md#what-a-pod-writes-on-its-node).
 */
import type { Bounds } from './size.ts';
import type { Workload } from './vocabulary.ts';

/**
 * Space that each folder gets in addition to its declared size: a hundred times what Koku's processes leave in theirs
 * (tools/documentation/facts/koku-measurements.md#temporary-files). Java unpacks a few Mi of libraries.
 */
const someFiles = 32;

/**
 * Space for the log of a container: two whole files and three compressed ones. The request uses Kubernetes' default
 * size of a file, and the limit uses OpenShift's (tools/documentation/facts/kubernetes.md#logs-of-containers).
 */
export const logStorage: Bounds = [32, 128];

/** Writable folders of a workload, by path. All have /tmp, because few programs start without a writable one. */
export const scratchFolders = ({ scratch = [] }: Workload): ReadonlyMap<string, number> =>
  new Map([{ path: '/tmp' }, ...scratch].map(({ path, mebibytes = 0 }) => [path, mebibytes + someFiles]));

/** Only limits count folders. The kubelet checks their contents against the pod's limits, but they are often empty. */
const withFolders = (folders: Iterable<number>): Bounds => {
  const [request, limit] = logStorage;
  return [request, [...folders].reduce((sum, mebibytes) => sum + mebibytes, limit)];
};

/** Request and limit of a workload's main container. */
export const mainStorage = (workload: Workload): Bounds => withFolders(scratchFolders(workload).values());

/** Request and limit of a container that an operator creates, with one temporary folder. */
export const operatorStorage: Bounds = withFolders([someFiles]);
