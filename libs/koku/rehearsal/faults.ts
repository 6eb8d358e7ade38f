/** Work that Koku loses, one fault after the other; then nobody helps, and its repair has its period. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { dbKoku, namespace, objectStorage, valkey } from '@cost-onprem/contracts';
import {
  containerProcesses,
  inNode,
  nodeProcess,
  podOf,
  readySince,
  restartsOf,
  runningPods,
  state,
  until,
} from '../../../tools/rehearsal/src/kubernetes/index.ts';
import { costOf, type Cost } from './cost.ts';
import { makePayload, type Payload } from './nise.ts';
import { reportedDays, type Days } from './reports.ts';
import { upload } from './upload.ts';
import { whileAway, type Check, type Rehearsed } from '../../../tools/rehearsal/src/checks/index.ts';
import { agrees, createSource, rates, reportedCost } from './payload.ts';
import { holdSummaries, summarizer, summaryHeld } from './summaries.ts';
import { kokuRepairPeriod } from '../src/repair-times.ts';

interface ExpectedUpload {
  readonly clusterId: string;
  readonly days: Days;
  readonly payload: Payload;
  readonly expected: Cost;
}

interface Fault {
  readonly title: string;
  /** Loses an upload, and has everything that runs in its place again. */
  readonly happen: (rehearsed: Rehearsed, work: ExpectedUpload) => Promise<void>;
}

const newWork = (): ExpectedUpload => {
  const days = reportedDays(new Date());
  const clusterId = randomUUID();
  const payload = makePayload(clusterId, days);
  return { clusterId, days, payload, expected: costOf(payload.reports, rates) };
};

/** Seconds for which a server is away; the announcement comes in the first half of them. */
const outage = 60;

/** Takes a server away after an upload is stored, and has it announced meanwhile. */
const without =
  (server: string): Fault['happen'] =>
  async ({ kubectl }, { clusterId, payload }) => {
    await createSource(kubectl, clusterId);
    const said = upload(kubectl, payload.archive, outage, 25);
    // It is awaited below.
    said.catch(() => undefined);
    await sleep(15_000);
    await whileAway(kubectl, server, () => sleep(outage * 1000));
    console.log(`         without ${server} the listener says: ${await said}`);
    await until('everybody’s recovery', 180, state, async () =>
      (await runningPods(kubectl)).every((pod) => readySince(pod) !== undefined),
    );
  };

/** Why the worker’s last container ended: `OOMKilled`, or `Error`. */
const reasonOf = async ({ kubectl, objects }: Rehearsed): Promise<string> => {
  const { metadata } = await podOf(kubectl, summarizer(objects));
  const path = 'jsonpath={.status.containerStatuses[0].lastState.terminated.reason}';
  return (await kubectl.run(['get', 'pod', metadata.name, '-n', namespace, '-o', path])).out;
};

const killOutright = async ({ kubectl, objects }: Rehearsed): Promise<void> => {
  const first = nodeProcess();
  const { status } = await podOf(kubectl, summarizer(objects));
  const id = status?.containerStatuses?.[0]?.containerID?.replace('containerd://', '') ?? '';
  inNode(first, ['kill', '-KILL', String(containerProcesses(first).get(id))]);
};

/** Each of these is smaller than the worker, which therefore is what the kernel kills. */
const hog = 'while :; do python3 -c "import time; x = bytearray(30 << 20); time.sleep(60)" & sleep 0.2; done';

const exceedMemory = async ({ kubectl, objects }: Rehearsed): Promise<void> => {
  const { metadata } = await podOf(kubectl, summarizer(objects));
  // It ends with the container.
  await kubectl
    .run(['exec', metadata.name, '-n', namespace, '--', 'timeout', '90', 'sh', '-c', hog])
    .catch(() => undefined);
};

/** Ends a worker in the middle of a summary. */
const worker =
  (end: (rehearsed: Rehearsed) => Promise<void>): Fault['happen'] =>
  async (rehearsed, { clusterId, payload }) => {
    const { kubectl, objects } = rehearsed;
    await createSource(kubectl, clusterId);
    const before = restartsOf(await podOf(kubectl, summarizer(objects)));
    const held = holdSummaries(kubectl, 60);
    await upload(kubectl, payload.archive, 60);
    await summaryHeld(kubectl, 45);
    await end(rehearsed);
    await until('the restart of the worker', 60, state, async () => {
      return restartsOf(await podOf(kubectl, summarizer(objects))) > before;
    });
    console.log(`         the worker ended: ${await reasonOf(rehearsed)}`);
    await held;
  };

const withoutSource: Fault['happen'] = async ({ kubectl }, { clusterId, payload }) => {
  console.log(
    `         of an upload without a source the listener says: ${await upload(kubectl, payload.archive, 60)}`,
  );
  // Somebody sees the alert, and adds it.
  await sleep(20_000);
  await createSource(kubectl, clusterId);
};

const faults: readonly Fault[] = [
  { title: 'the object store away while the listener downloads', happen: without(objectStorage.s3.workload) },
  { title: 'Valkey away while the listener works', happen: without(valkey.redis.workload) },
  { title: 'PostgreSQL away for a minute during an upload', happen: without(dbKoku.endpoint.workload) },
  { title: 'a worker killed outright in a summary', happen: worker(killOutright) },
  { title: 'a worker killed by its memory limit in a summary', happen: worker(exceedMemory) },
  { title: 'an upload of a cluster whose source comes later', happen: withoutSource },
];

interface Happened {
  readonly title: string;
  readonly work: ExpectedUpload;
  /** When everything was there again, in milliseconds. */
  readonly at: number;
}

/**
 * Those whose cost is not right yet.
 * @throws Error when one of them had its time
 */
const unrepaired = async ({ kubectl }: Rehearsed, happened: readonly Happened[]): Promise<readonly Happened[]> => {
  const left: Happened[] = [];
  for (const fault of happened) {
    const { clusterId, days, expected } = fault.work;
    const reported = await reportedCost(kubectl, clusterId, days);
    const minutes = (Date.now() - fault.at) / 60_000;
    if (agrees(reported, expected)) {
      console.log(`         ${minutes.toFixed(0)} minutes after ${fault.title}: the cost is right`);
    } else if (minutes > kokuRepairPeriod) {
      const [is, should] = [reported, expected].map((cost) => JSON.stringify(cost));
      throw new Error(`${minutes.toFixed(0)} minutes after ${fault.title} the cost is ${is}, and must be ${should}`);
    } else {
      left.push(fault);
    }
  }
  return left;
};

/** Koku itself notices none of this (tools/documentation/facts/koku-measurements.md#lost-uploads). */
export const faultsRepaired: Check = {
  real: ['koku'],
  title: `what Koku lost is there ${kokuRepairPeriod} minutes later, once, and nobody helped`,
  stages: ['node'],
  order: 740,
  long: true,
  run: async (rehearsed) => {
    const happened: Happened[] = [];
    for (const { title, happen } of faults) {
      const work = newWork();
      await happen(rehearsed, work);
      happened.push({ title, work, at: Date.now() });
      console.log(`         happened: ${title}`);
    }
    for (let left: readonly Happened[] = happened; left.length > 0; left = await unrepaired(rehearsed, left))
      await sleep(20_000);
    // What was announced or summarised twice would show by now.
    const wrong = await unrepaired(rehearsed, happened);
    if (wrong.length > 0) throw new Error(`no longer right: ${wrong.map(({ title }) => title).join(', ')}`);
  },
};
