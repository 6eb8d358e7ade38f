/** The one question after a change: does the platform still work? */
import { setTimeout as sleep } from 'node:timers/promises';
import { assertAllReady } from '../argo-cd/index.ts';
import { isPlayed, type Rehearsed } from './check.ts';
import { payloadBecomesCost } from './payload.ts';

/** What `allWork` shows, for titles. */
export const works = 'every client connects (with the real Koku: a payload becomes cost)';

/** Seconds after which each pod was asked again: the longest period of a readiness probe, thrice. */
const asked = 60;

/**
 * With the real Koku a payload becomes cost. An understudy is Ready only while each of its connections works, so with
 * understudies every pod is Ready after its probes asked again.
 */
export const allWork = async (rehearsed: Rehearsed): Promise<void> => {
  if (!isPlayed(rehearsed, 'koku')) return payloadBecomesCost.run(rehearsed);
  await sleep(asked * 1000);
  return assertAllReady(rehearsed.kubectl);
};
