/** The one question after a change: does the platform still work? */
import { setTimeout as sleep } from 'node:timers/promises';
import { assertAllReady } from '../argo-cd/index.ts';
import { isPlayed, type Rehearsed } from './check.ts';
import { checksOf } from './choose.ts';

/** What `allWork` shows, for titles. */
export const works = 'every client connects (with the real Koku: a payload becomes cost)';

/** Seconds after which each pod was asked again: the longest period of a readiness probe, thrice. */
const asked = 60;

/**
 * The checks that show the platform's work, such as that a payload becomes cost. An understudy is Ready only while each
 * of its connections works, so where understudies play in all of them, every pod is Ready after its probes asked again.
 */
export const allWork = async (rehearsed: Rehearsed): Promise<void> => {
  const shows = (await checksOf(rehearsed)).filter(
    ({ showsWork = false, real = [] }) => showsWork && !real.some((image) => isPlayed(rehearsed, image)),
  );
  for (const check of shows) await check.run(rehearsed);
  if (shows.length > 0) return undefined;
  await sleep(asked * 1000);
  return assertAllReady(rehearsed.kubectl);
};
