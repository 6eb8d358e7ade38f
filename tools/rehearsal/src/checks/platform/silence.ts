/** Servers that vanish without a FIN, an RST or any other packet. */
import { join } from 'node:path';
import { dbKoku, kokuListener, objectStorage, valkey } from '@cost-onprem/contracts';
import {
  cutOff,
  nodeProcess,
  podOf,
  readySince,
  reconnect,
  restartsOf,
  runInPod,
  runningPods,
  state,
  until,
} from '../../kubernetes/index.ts';
import { runProgramInPod } from '../pod-programs.ts';
import { hasOwnServers, type Check } from '../check.ts';

/** Seconds in which every client must notice, reading or writing. */
const limit = 120;

const silenceProgram = join(import.meta.dirname, '../programs/silence.py');

const servers = [dbKoku.endpoint, valkey.redis, objectStorage.s3].map(({ workload }) => workload);
const { workload: client } = kokuListener.metrics;

interface Noticed {
  readonly server: string;
  readonly way: string;
  /** Null while the call still waits. */
  readonly seconds: number | null;
  readonly reason: string;
}

/** The output of the program in the pod. It holds a connection of each kind while the node drops the servers’ packets. */
export const silenceNoticed: Check = {
  title: `a client notices within ${limit} seconds that its server vanished without a packet, reading or writing`,
  stages: ['node'],
  applies: hasOwnServers,
  order: 420,
  run: async ({ kubectl }) => {
    const restarts = async () => (await runningPods(kubectl)).reduce((sum, pod) => sum + restartsOf(pod), 0);
    const before = await restarts();
    const addresses = await Promise.all(
      servers.map(async (server) => (await podOf(kubectl, server)).status?.podIP ?? ''),
    );
    const run = `silence-${Date.now()}`;
    const said = runProgramInPod(kubectl, client, silenceProgram, { run, patience: limit + 30 });
    said.catch(() => undefined);
    await until('the connections', 60, state, () =>
      runInPod(kubectl, client, `test -e /tmp/${run}-ready`).then(() => true),
    );
    try {
      cutOff(nodeProcess(), addresses);
      await runInPod(kubectl, client, `touch /tmp/${run}-vanished`);
      const noticed = JSON.parse(await said) as readonly Noticed[];
      for (const { server, way, seconds, reason } of noticed)
        console.log(`         ${server}, ${way}: ${seconds === null ? '' : `${seconds} s, `}${reason}`);
      const late = noticed.filter(({ seconds }) => seconds === null || seconds > limit || seconds < 5);
      if (late.length > 0)
        throw new Error(late.map(({ server, way, reason }) => `${server}, ${way}: ${reason}`).join('; '));
    } finally {
      reconnect(nodeProcess());
    }
    await until('the readiness of all pods', 180, state, async () =>
      (await runningPods(kubectl)).every((pod) => readySince(pod) !== undefined),
    );
    const added = (await restarts()) - before;
    if (added !== 0) throw new Error(`${added} containers restarted`);
  },
};
