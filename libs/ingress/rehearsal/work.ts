/** Uploads through the public path while pods of every component are deleted. */
import { setTimeout as sleep } from 'node:timers/promises';
import { uploadType } from '@cost-onprem/contracts';
import { isPlayed, type Rehearsed, type Work } from '../../../tools/rehearsal/src/checks/index.ts';
import { found, unannounced, waitForAnnouncements } from './found.ts';
import { repairNow } from './repair.ts';
import { knownCluster, withReports } from './reports.ts';
import { hasIngress, requestsOf, startUploads } from './send.ts';
import type { Answer } from './task.ts';

/** How many, how many at a time, and bytes a second of each: one takes about 30 s, so that all take most of the chaos. */
const uploads = { count: 100, atOnce: 20, rate: 250 } as const;

/** Seconds in which ingress must deliver what waits in its memory. */
const patience = 120;

/** Statuses that tell a client to try again; 0 is a connection that broke with the gateway's only pod. */
const later: ReadonlySet<number> = new Set([0, 429, 502, 503, 504]);

/** @throws Error where a refusal tells the client something else */
const assertLater = (answers: readonly Answer[]): void => {
  const wrong = answers.filter(({ status }) => status !== 202 && !later.has(status));
  if (wrong.length > 0)
    throw new Error(`refused for good: ${wrong.map(({ status, text }) => `${status} ${text.trim()}`).join('; ')}`);
};

const counted = (answers: readonly Answer[]): string => {
  const counts = new Map<string, number>();
  for (const { status, text } of answers) {
    const what = status === 0 ? text : String(status);
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, count]) => `${what}: ${count}`).join(', ');
};

/** Every accepted upload must be stored and announced, by ingress or by Koku's repair. */
const settle = async ({ kubectl }: Rehearsed, answers: readonly Answer[]): Promise<string> => {
  assertLater(answers);
  const requests = requestsOf(answers);
  if (requests.length === 0) throw new Error(`no upload was accepted: ${counted(answers)}`);
  await waitForAnnouncements(kubectl, requests, patience).catch(() => undefined);
  const lost = await unannounced(kubectl, requests);
  if (lost.length > 0) {
    await repairNow(kubectl);
    await waitForAnnouncements(kubectl, lost, 30);
  }
  const { objects } = await found(kubectl, requests);
  const absent = requests.filter((request) => !(request in objects));
  if (absent.length > 0) throw new Error(`accepted and not stored: ${absent.join(', ')}`);
  return `${requests.length} uploads accepted, all stored and announced, ${lost.length} of them by the repair; answers: ${counted(answers)}`;
};

/** For understudies of Koku, which read no upload. With the real Koku each upload must become cost (libs/koku/rehearsal). */
export const work = async (rehearsed: Rehearsed): Promise<Work> => {
  if (!hasIngress(rehearsed) || !isPlayed(rehearsed, 'koku'))
    return { give: () => Promise.resolve(), settle: () => Promise.resolve('') };
  const clusterId = await knownCluster(rehearsed);
  let sent: Promise<readonly Answer[]> | undefined;
  const over = new AbortController();
  const sendAll = (now: Rehearsed): Promise<readonly Answer[]> =>
    withReports(clusterId, uploads.count, async (files) => {
      const sending = await startUploads(
        now.kubectl,
        files.map((file, number) => ({ name: `upload ${number}`, contentType: uploadType, file, rate: uploads.rate })),
        { atOnce: uploads.atOnce, again: true },
      );
      while (!over.signal.aborted && sending.answers.filter(({ status }) => status === 202).length < uploads.count)
        await sleep(500);
      sending.stop();
      return sending.ended;
    });
  return {
    give: (now) => {
      sent ??= sendAll(now);
      // Awaited below.
      sent.catch(() => undefined);
      return Promise.resolve();
    },
    settle: async (now) => {
      over.abort();
      return settle(now, (await sent) ?? []);
    },
  };
};
