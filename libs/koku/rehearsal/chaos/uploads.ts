/** Work for the real Koku: uploads of clusters with a source and a cost model, each of which must become its cost. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { kokuApiWrites } from '@cost-onprem/contracts';
import { runProgramInPod, type Rehearsed, type Work } from '../../../../tools/rehearsal/src/checks/index.ts';
import { costOf, type Cost } from '../cost.ts';
import { makePayload, type Payload } from '../nise.ts';
import { agrees, createSource, rates, reportedCost } from '../payload.ts';
import { reportedDays, type Days } from '../reports.ts';
import { announce } from '../upload.ts';
import { takenQueues } from '../queues.ts';
import { kokuRepairPeriod } from '../../src/repair-times.ts';

interface Upload {
  readonly clusterId: string;
  readonly days: Days;
  readonly payload: Payload;
  readonly expected: Cost;
}

const newUpload = (days: Days): Upload => {
  const clusterId = randomUUID();
  const payload = makePayload(clusterId, days);
  return { clusterId, days, payload, expected: costOf(payload.reports, rates) };
};

const isRight = async ({ kubectl }: Rehearsed, { clusterId, days, expected }: Upload): Promise<boolean> =>
  agrees(await reportedCost(kubectl, clusterId, days), expected);

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

/**
 * Creates sources and payloads before pods are removed.
 * @param count of uploads
 */
export const uploads = async ({ kubectl }: Rehearsed, count: number): Promise<Work> => {
  const days = reportedDays(new Date());
  const left = Array.from({ length: count }, () => newUpload(days));
  for (const { clusterId } of left) await createSource(kubectl, clusterId);
  const accepted: Upload[] = [];
  return {
    give: async (rehearsed) => {
      const [next] = left;
      if (!next) return;
      // A refused client retries, as the metrics operator does.
      if (await announce(rehearsed.kubectl, next.payload.archive)) accepted.push(...left.splice(0, 1));
    },
    settle: async (rehearsed) => {
      const began = Date.now();
      const minutes = () => (Date.now() - began) / 60_000;
      const after: string[] = [];
      for (let open: readonly Upload[] = accepted; open.length > 0;) {
        const right = await Promise.all(open.map((upload) => isRight(rehearsed, upload).catch(() => false)));
        after.push(...right.filter(Boolean).map(() => minutes().toFixed(1)));
        open = open.filter((_, index) => !right[index]);
        if (open.length > 0 && minutes() > kokuRepairPeriod)
          throw new Error(`${open.length} of ${accepted.length} accepted uploads do not have the right cost`);
        if (open.length > 0) await sleep(pause * 1000);
      }
      // Uploads that were processed twice would show by now.
      await sleep(pause * 1000);
      for (const upload of accepted)
        if (!(await isRight(rehearsed, upload))) throw new Error(`the cost of ${upload.clusterId} did not stay right`);
      const silent = await silentQueues(rehearsed);
      if (silent.length > 0) throw new Error(`no worker takes tasks from ${silent.join(', ')}`);
      return `${accepted.length} uploads accepted, all correct to the cent and once; minutes until each was: ${after.join(', ')}`;
    },
  };
};
