/** The question after each change: does the platform still work? */
import { setTimeout as sleep } from 'node:timers/promises';
import { assertAllReady } from '../argo-cd/index.ts';
import { isPlayed, type Rehearsed } from './check.ts';
import { checksOf } from './choose.ts';
import { assertUnderstudiesConnect } from './understudy-reports.ts';

/** What `allWork` shows, for titles. */
export const works = 'every client connects (with the real Koku: a payload becomes cost)';

/** Seconds after which the kubelet has probed each pod again: three times the longest period of a readiness probe. */
const asked = 60;

/**
 * The checks that show that the platform works, such as that a payload becomes cost. Where understudies replace images, every
 * pod must be Ready after further probes, and each understudy must report that its connections work.
 */
export const allWork = async (rehearsed: Rehearsed): Promise<void> => {
  const shows = (await checksOf(rehearsed)).filter(
    ({ showsWork = false, real = [] }) => showsWork && !real.some((image) => isPlayed(rehearsed, image)),
  );
  for (const check of shows) await check.run(rehearsed);
  const isAllReal = !rehearsed.images.some(({ origin }) => origin === 'understudy');
  if (isAllReal && shows.length > 0) return;
  await sleep(asked * 1000);
  await assertAllReady(rehearsed.kubectl);
  await assertUnderstudiesConnect(rehearsed);
};
