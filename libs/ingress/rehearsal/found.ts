/** What is in the bucket of uploads and in the topic of announcements, as a pod of Koku sees it. */
import { join } from 'node:path';
import { buckets, kokuListener, uploadTopic } from '@cost-onprem/contracts';
import { runProgramInPod } from '../../../tools/rehearsal/src/checks/index.ts';
import { state, until, type Kubectl } from '../../../tools/rehearsal/src/kubernetes/index.ts';

/** Objects with their sizes in bytes, and how often each request is announced. */
export interface Found {
  readonly objects: Readonly<Record<string, number>>;
  readonly announced: Readonly<Record<string, number>>;
}

/** @param remove keys of objects to remove after the look */
export const found = async (kubectl: Kubectl, remove: readonly string[] = []): Promise<Found> =>
  JSON.parse(
    await runProgramInPod(kubectl, kokuListener.metrics.workload, join(import.meta.dirname, 'found.py'), {
      bucket: buckets.ingress,
      topic: uploadTopic,
      remove,
    }),
  ) as Found;

/** Requests without an announcement. */
export const unannounced = async (kubectl: Kubectl, requests: readonly string[]): Promise<readonly string[]> => {
  const { announced } = await found(kubectl);
  return requests.filter((request) => !announced[request]);
};

/**
 * Waits until requests are announced.
 * @throws Error naming those that are not
 */
export const waitForAnnouncements = async (
  kubectl: Kubectl,
  requests: readonly string[],
  seconds: number,
): Promise<void> => {
  let left = requests;
  await until('the announcements', seconds, state, async () => {
    left = await unannounced(kubectl, requests);
    return left.length === 0;
  }).catch(() => {
    throw new Error(`${seconds} s later ${left.length} of ${requests.length} are not announced: ${left.join(', ')}`);
  });
};
