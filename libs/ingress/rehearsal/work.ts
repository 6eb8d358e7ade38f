/** Uploads through the public path while pods of every component are deleted. */
import {
  countedAnswers,
  crowd,
  crowdSize,
  hasIngress,
  isPlayed,
  requestsOf,
  type Rehearsed,
  type UploadAnswer,
  type Work,
} from '../../../tools/rehearsal/src/checks/index.ts';
import { found, unannounced, waitForAnnouncements } from './found.ts';
import { repairNow } from './repair.ts';
import { knownCluster, reportsOf } from './reports.ts';

/** Seconds in which ingress must deliver what waits in its memory. */
const patience = 120;

/** Every accepted upload must be stored and announced, by ingress or by Koku's repair. */
const settle = async ({ kubectl }: Rehearsed, answers: readonly UploadAnswer[]): Promise<string> => {
  const requests = requestsOf(answers);
  if (requests.length === 0) throw new Error(`no upload was accepted: ${countedAnswers(answers)}`);
  await waitForAnnouncements(kubectl, requests, patience).catch(() => undefined);
  const lost = await unannounced(kubectl, requests);
  if (lost.length > 0) {
    await repairNow(kubectl);
    await waitForAnnouncements(kubectl, lost, 30);
  }
  const { objects } = await found(kubectl, requests);
  const absent = requests.filter((request) => !(request in objects));
  if (absent.length > 0) throw new Error(`accepted and not stored: ${absent.join(', ')}`);
  return `${requests.length} uploads accepted, all stored and announced, ${lost.length} of them by the repair; answers: ${countedAnswers(answers)}`;
};

/** For understudies of Koku, which read no upload. With the real Koku each upload must become cost (libs/koku/rehearsal). */
export const work = async (rehearsed: Rehearsed): Promise<Work> => {
  if (!hasIngress(rehearsed) || !isPlayed(rehearsed, 'koku'))
    return { give: () => Promise.resolve(), settle: () => Promise.resolve('') };
  const { begin, end } = crowd(await reportsOf(await knownCluster(rehearsed), crowdSize.uploads));
  return {
    give: async ({ kubectl }) => begin(kubectl),
    settle: async (now) => settle(now, await end()),
  };
};
