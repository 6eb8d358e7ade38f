/** Many clients that upload through the public path while pods of every component are deleted. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { uploadType } from '@cost-onprem/contracts';
import { cacheFolder } from '../../../../repository/src/repository.ts';
import type { Kubectl } from '../../kubernetes/index.ts';
import { startUploads } from './send.ts';
import type { Answer } from './task.ts';

/** How many uploads, how many at a time, and the seconds that one takes, so that all take most of the chaos. */
export const crowdSize = { uploads: 100, atOnce: 20, seconds: 25 } as const;

/** Statuses that tell a client to try again; 0 is a connection that broke with the gateway's only pod. */
const later: ReadonlySet<number> = new Set([0, 429, 502, 503, 504]);

/** @throws Error where a refusal tells the client something else */
const assertLater = (answers: readonly Answer[]): void => {
  const wrong = answers.filter(({ status }) => status !== 202 && !later.has(status));
  if (wrong.length > 0)
    throw new Error(`refused for good: ${wrong.map(({ status, text }) => `${status} ${text.trim()}`).join('; ')}`);
};

const sendAll = async (
  kubectl: Kubectl,
  archives: readonly Buffer[],
  over: AbortSignal,
): Promise<readonly Answer[]> => {
  mkdirSync(join(cacheFolder, 'rehearsal'), { recursive: true });
  const folder = mkdtempSync(join(cacheFolder, 'rehearsal/uploads-'));
  try {
    const uploads = archives.map((archive, index) => {
      const file = join(folder, String(index));
      writeFileSync(file, archive);
      const rate = Math.ceil(archive.length / crowdSize.seconds);
      return { name: String(index), contentType: uploadType, file, rate };
    });
    const sending = await startUploads(kubectl, uploads, { atOnce: crowdSize.atOnce, again: true });
    while (!over.aborted && sending.answers.filter(({ status }) => status === 202).length < uploads.length)
      await sleep(500);
    sending.stop();
    return await sending.ended;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Clients at work. */
export interface Crowd {
  /** Lets them begin, once. Refused clients send again. */
  readonly begin: (kubectl: Kubectl) => void;
  /**
   * Lets them start no further upload, and waits for their answers. The name of an answer is the index of its archive.
   * @throws Error where a refusal does not tell its client to try again
   */
  readonly end: () => Promise<readonly Answer[]>;
}

/** @param archives the files to upload */
export const crowd = (archives: readonly Buffer[]): Crowd => {
  const over = new AbortController();
  let sent: Promise<readonly Answer[]> | undefined;
  return {
    begin: (kubectl) => {
      sent ??= sendAll(kubectl, archives, over.signal);
      // Awaited below.
      sent.catch(() => undefined);
    },
    end: async () => {
      over.abort();
      const answers = (await sent) ?? [];
      assertLater(answers);
      return answers;
    },
  };
};

/** How many answers there were of each kind. */
export const countedAnswers = (answers: readonly Answer[]): string => {
  const counts = new Map<string, number>();
  for (const { status, text } of answers) {
    const what = status === 0 ? text : String(status);
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, count]) => `${what}: ${count}`).join(', ');
};
