/** What pods may write on the disk of their node, in Mi: the kubelet evicts a pod that writes more. */
import type { Bounds } from './size.ts';
import type { Workload } from './vocabulary.ts';

/** What each folder holds whatever its declaration says: Koku's processes leave 300 KiB, Java unpacks a few Mi of libraries. */
const someFiles = 32;

/**
 * The log of a container: the kubelet keeps five files, and compresses all but two. Those have up to 10 Mi each by
 * default, which is the request, and up to 50 Mi each on OpenShift, which is the limit.
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
