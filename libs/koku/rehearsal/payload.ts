import { randomUUID } from 'node:crypto';
import { ingress } from '@cost-onprem/contracts';
import {
  agrees,
  costOf,
  createCostModel,
  createSource,
  inDollars,
  makeReport,
  rates,
  reportedCost,
  reportedDay,
  upload as uploadThroughIngress,
  waitForCost,
  type Cost,
  type Report,
} from '../../../tools/smoke/src/index.ts';
import { hasObject, throughGateway, type Check, type Rehearsed } from '../../../tools/rehearsal/src/checks/index.ts';
import type { Kubectl } from '../../../tools/rehearsal/src/kubernetes/index.ts';
import { upload, type Validation } from './upload.ts';

/** A report, and the cost that it must become. */
export interface Payload extends Report {
  readonly day: string;
  readonly expected: Cost;
}

/** A report of a cluster that no other report is about. */
export const newPayload = async (): Promise<Payload> => {
  const day = reportedDay(new Date());
  const report = await makeReport(randomUUID(), day);
  return { ...report, day, expected: costOf(report.reports, rates) };
};

/** Lets Koku know the cluster of a payload, and what its hours cost. */
export const introduce = async (kubectl: Kubectl, { clusterId }: Payload): Promise<void> => {
  const ask = throughGateway(kubectl);
  const { uuid } = await createSource(ask, clusterId, 'koku', { seconds: 60 });
  await createCostModel(ask, uuid, rates);
};

/** Koku's cost of a payload's cluster on its day. */
export const costSoFar = (kubectl: Kubectl, { clusterId, day }: Payload): Promise<Cost> =>
  reportedCost(throughGateway(kubectl), clusterId, day);

/** Whether a payload has become its cost. */
export const isRight = async (kubectl: Kubectl, payload: Payload): Promise<boolean> =>
  agrees(await costSoFar(kubectl, payload), payload.expected);

/**
 * Waits until a payload has become its cost.
 * @throws Error with Koku's cost
 */
export const becomesCost = (kubectl: Kubectl, payload: Payload, seconds: number): Promise<Cost> =>
  waitForCost(throughGateway(kubectl), payload.clusterId, payload.day, payload.expected, { seconds });

/**
 * Sends a file as the metrics operator does. Without ingress, stores and announces it, and compares the listener's report.
 * @throws Error if it is refused, or if the listener reports something else
 */
const send = async (rehearsed: Rehearsed, file: Omit<Report, 'reports'>, expected: Validation): Promise<void> => {
  if (hasObject(rehearsed, 'Deployment', ingress.http.workload)) {
    await uploadThroughIngress(throughGateway(rehearsed.kubectl), file);
    return;
  }
  const said = await upload(rehearsed.kubectl, file.archive, 60);
  if (said !== expected) throw new Error(`for ${file.name} the listener reports ${said}; it must report ${expected}`);
};

/** Seconds from the announcement until a user must see the cost in the API. */
const patience = 120;

/** The purpose of the whole platform. */
export const payloadBecomesCost: Check = {
  real: ['koku'],
  title: 'a payload becomes cost, to the cent and once; a corrupt one is refused and does not block others',
  stages: ['node'],
  order: 230,
  showsWork: true,
  run: async (rehearsed) => {
    const { kubectl } = rehearsed;
    const payload = await newPayload();
    const started = Date.now();
    await introduce(kubectl, payload);
    const customer = Date.now();
    await send(rehearsed, { ...payload, name: 'corrupt.tar.gz', archive: Buffer.from('not a tar file') }, 'failure');
    const announced = Date.now();
    await send(rehearsed, payload, 'success');
    await becomesCost(kubectl, payload, patience);
    const seconds = (from: number, to: number) => Math.round((to - from) / 1000);
    console.log(
      `         first customer, source and cost model ${seconds(started, customer)} s; cost after ${seconds(announced, Date.now())} s: ${inDollars(payload.expected)}`,
    );
    await send(rehearsed, payload, 'success');
    // The listener and a worker would have finished by then.
    await new Promise((resolve) => setTimeout(resolve, 20_000));
    const again = await costSoFar(kubectl, payload);
    if (!agrees(again, payload.expected))
      throw new Error(`the same payload again changes the cost to ${inDollars(again)}`);
  },
};
