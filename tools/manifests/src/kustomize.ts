import { binary } from '../../binaries/src/binary.ts';
import { runBounded } from './bounded.ts';

/** How to render. The defaults are Argo CD's. */
export interface KustomizeOptions {
  readonly version?: 'kustomize' | 'kustomize-5.7';
}

/**
 * The largest cluster of this repository needs 3 seconds on a busy core, 73 MiB of memory, of 1.4 GiB of addresses that Go
 * reserves, and writes 0.7 MiB. The limits are several times as much, so that a fork may grow and the machine may be busy.
 */
const limits = { seconds: 600, processorSeconds: 60, mebibytesOfAddresses: 2048, mebibytesOfOutput: 64 } as const;

/** Go collects garbage less often (tools/documentation/facts/kustomize.md#garbage-collection). */
const garbageCollection = { GOGC: '800' } as const;

/**
 * The output of plain `kustomize build` for a folder: everything that Argo CD would apply.
 * @throws Error with Kustomize's message in `stderr`, or with one sentence if Kustomize needed too much time, memory or output
 */
export const kustomizeBuild = async (
  folder: string,
  { version = 'kustomize' }: KustomizeOptions = {},
): Promise<string> => runBounded('Kustomize', await binary(version), ['build', folder], limits, garbageCollection);
