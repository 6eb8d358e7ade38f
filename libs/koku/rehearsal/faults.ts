/** Work that Koku loses, by one fault after the other. Then its repair alone must restore it within its period. */
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
import { upload } from './upload.ts';
import { whileAway, type Check, type Rehearsed } from '../../../tools/rehearsal/src/checks/index.ts';
import { costSoFar, introduce, newPayload, type Payload } from './payload.ts';
import { agrees, inDollars } from '../../../tools/smoke/src/index.ts';
import { holdSummaries, summarizer, summaryHeld } from './summaries.ts';
import { kokuRepairPeriod } from '../src/repair-times.ts';

interface Fault {
  readonly title: string;
  /** Loses an upload, and restores everything that the fault removed. */
  readonly happen: (rehearsed: Rehearsed, payload: Payload) => Promise<void>;
}

/** Seconds without a server; the announcement comes in the first half of them. */
const outage = 60;

/** Removes a server after an upload is stored, and announces the upload meanwhile. */
const without =
  (server: string): Fault['happen'] =>
  async ({ kubectl }, payload) => {
    await introduce(kubectl, payload);
    const said = upload(kubectl, payload.archive, outage, 25);
    // Awaited below.
    said.catch(() => undefined);
    await sleep(15_000);
    await whileAway(kubectl, server, () => sleep(outage * 1000));
    console.log(`         without ${server} the listener reports: ${await said}`);
    await until('the recovery of all clients', 180, state, async () =>
      (await runningPods(kubectl)).every((pod) => readySince(pod) !== undefined),
    );
  };

/** The reason of the worker’s last termination: `OOMKilled`, or `Error`. */
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

/** Each of these processes is smaller than the worker, so the kernel kills the worker. */
const hog = 'while :; do python3 -c "import time; x = bytearray(30 << 20); time.sleep(60)" & sleep 0.2; done';

const exceedMemory = async ({ kubectl, objects }: Rehearsed): Promise<void> => {
  const { metadata } = await podOf(kubectl, summarizer(objects));
  // It ends with the container.
  await kubectl
    .run(['exec', metadata.name, '-n', namespace, '--', 'timeout', '90', 'sh', '-c', hog])
    .catch(() => undefined);
};

/** Ends a worker during a summary. */
const worker =
  (end: (rehearsed: Rehearsed) => Promise<void>): Fault['happen'] =>
  async (rehearsed, payload) => {
    const { kubectl, objects } = rehearsed;
    await introduce(kubectl, payload);
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

const withoutSource: Fault['happen'] = async ({ kubectl }, payload) => {
  console.log(
    `         for an upload without a source the listener reports: ${await upload(kubectl, payload.archive, 60)}`,
  );
  // An administrator sees the alert, and adds the source.
  await sleep(20_000);
  await introduce(kubectl, payload);
};

const faults: readonly Fault[] = [
  { title: 'the object store stopped while the listener downloads', happen: without(objectStorage.s3.workload) },
  { title: 'Valkey stopped while the listener works', happen: without(valkey.redis.workload) },
  { title: 'PostgreSQL stopped for a minute during an upload', happen: without(dbKoku.endpoint.workload) },
  { title: 'a worker killed directly during a summary', happen: worker(killOutright) },
  { title: 'a worker killed by its memory limit during a summary', happen: worker(exceedMemory) },
  { title: 'an upload of a cluster whose source comes later', happen: withoutSource },
];

interface Happened {
  readonly title: string;
  readonly payload: Payload;
  /** When all servers and workers ran again, in milliseconds. */
  readonly at: number;
}

/**
 * The faults whose cost is not right yet.
 * @throws Error when the repair's period is over for one of them
 */
const unrepaired = async ({ kubectl }: Rehearsed, happened: readonly Happened[]): Promise<readonly Happened[]> => {
  const left: Happened[] = [];
  for (const fault of happened) {
    const { expected } = fault.payload;
    const reported = await costSoFar(kubectl, fault.payload);
    const minutes = (Date.now() - fault.at) / 60_000;
    if (agrees(reported, expected)) {
      console.log(`         ${minutes.toFixed(0)} minutes after ${fault.title}: the cost is right`);
    } else if (minutes > kokuRepairPeriod) {
      const [is, should] = [reported, expected].map(inDollars);
      throw new Error(`${minutes.toFixed(0)} minutes after ${fault.title} the cost is ${is}, and must be ${should}`);
    } else {
      left.push(fault);
    }
  }
  return left;
};

/** Koku itself detects none of these losses (tools/documentation/facts/koku-measurements.md#lost-uploads). */
export const faultsRepaired: Check = {
  real: ['koku'],
  title: `the repair alone restores lost uploads and summaries within ${kokuRepairPeriod} minutes, each once`,
  stages: ['node'],
  order: 740,
  long: true,
  run: async (rehearsed) => {
    const happened: Happened[] = [];
    for (const { title, happen } of faults) {
      const payload = await newPayload();
      await happen(rehearsed, payload);
      happened.push({ title, payload, at: Date.now() });
      console.log(`         happened: ${title}`);
    }
    for (let left: readonly Happened[] = happened; left.length > 0; left = await unrepaired(rehearsed, left))
      await sleep(20_000);
    // A second announcement or summary would show by now.
    const wrong = await unrepaired(rehearsed, happened);
    if (wrong.length > 0) throw new Error(`no longer right: ${wrong.map(({ title }) => title).join(', ')}`);
  },
};
