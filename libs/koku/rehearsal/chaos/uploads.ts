/** Work for the real Koku: uploads of clusters with a source and a cost model, each of which must become its cost. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { kokuApiWrites } from '@cost-onprem/contracts';
import {
  countedAnswers,
  crowd,
  crowdSize,
  runProgramInPod,
  type Rehearsed,
  type Work,
} from '../../../../tools/rehearsal/src/checks/index.ts';
import { introduce, isRight, newPayload, type Payload } from '../payload.ts';
import { announce } from '../upload.ts';
import { takenQueues } from '../queues.ts';
import { kokuRepairPeriod } from '../../src/repair-times.ts';

/** Sends a task to each queue, and returns the queues without an answer. */
const silentQueues = async ({ kubectl }: Rehearsed): Promise<readonly string[]> =>
  JSON.parse(
    await runProgramInPod(kubectl, kokuApiWrites.http.workload, join(import.meta.dirname, '../roll-call.py'), {
      queues: takenQueues,
      patience: 60,
    }),
  ) as readonly string[];

/** Seconds between two attempts. */
const pause = 20;

/** Waits until each accepted upload has become its cost, once, and lets each worker take a task. */
const settle = async (rehearsed: Rehearsed, accepted: readonly Payload[]): Promise<string> => {
  const began = Date.now();
  const minutes = () => (Date.now() - began) / 60_000;
  const after: string[] = [];
  for (let open: readonly Payload[] = accepted; open.length > 0;) {
    const right = new Set<Payload>();
    // One after the other, because each question is a process of this machine.
    for (const payload of open) if (await isRight(rehearsed.kubectl, payload).catch(() => false)) right.add(payload);
    after.push(...[...right].map(() => minutes().toFixed(1)));
    open = open.filter((payload) => !right.has(payload));
    if (open.length > 0 && minutes() > kokuRepairPeriod)
      throw new Error(`${open.length} of ${accepted.length} accepted uploads do not have the right cost`);
    if (open.length > 0) await sleep(pause * 1000);
  }
  // Uploads that were processed twice would show by now.
  await sleep(pause * 1000);
  for (const payload of accepted)
    if (!(await isRight(rehearsed.kubectl, payload)))
      throw new Error(`the cost of ${payload.clusterId} did not stay right`);
  const silent = await silentQueues(rehearsed);
  if (silent.length > 0) throw new Error(`no worker takes tasks from ${silent.join(', ')}`);
  return `${accepted.length} uploads accepted, all correct to the cent and once; minutes until each was: ${after.join(', ')}`;
};

/**
 * Creates sources and payloads before pods are removed.
 * @param count of uploads
 */
export const uploads = async ({ kubectl }: Rehearsed, count: number): Promise<Work> => {
  const left = await Promise.all(Array.from({ length: count }, newPayload));
  for (const payload of left) await introduce(kubectl, payload);
  const accepted: Payload[] = [];
  return {
    give: async (rehearsed) => {
      const [next] = left;
      if (!next) return;
      // A refused client retries, as the metrics operator does.
      if (await announce(rehearsed.kubectl, next.archive)) accepted.push(...left.splice(0, 1));
    },
    settle: (rehearsed) => settle(rehearsed, accepted),
  };
};

/** The same for a cluster with ingress: many clients upload through the public path. */
export const publicUploads = async ({ kubectl }: Rehearsed): Promise<Work> => {
  const payloads = await Promise.all(Array.from({ length: crowdSize.uploads }, newPayload));
  for (const payload of payloads) await introduce(kubectl, payload);
  const { begin, end } = crowd(payloads.map(({ archive }) => archive));
  return {
    give: async (rehearsed) => begin(rehearsed.kubectl),
    settle: async (rehearsed) => {
      const answers = await end();
      const accepted = answers
        .filter(({ status }) => status === 202)
        .flatMap(({ name }) => payloads[Number(name)] ?? []);
      if (accepted.length === 0) throw new Error(`no upload was accepted: ${countedAnswers(answers)}`);
      return `${await settle(rehearsed, accepted)}; answers: ${countedAnswers(answers)}`;
    },
  };
};
