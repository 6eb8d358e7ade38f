import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { kafka, kokuListener, kokuMasu, namespace, uploadTopic } from '@cost-onprem/contracts';
import {
  podOf,
  readySince,
  restartsOf,
  runInPod,
  runningPods,
  state,
  until,
} from '../../../tools/rehearsal/src/kubernetes/index.ts';
import {
  hasObject,
  hasOwnServers,
  isPlayed,
  runProgramInPod,
  whileAway,
  type Check,
  type Rehearsed,
  type Trial,
} from '../../../tools/rehearsal/src/checks/index.ts';

const { workload: broker } = kafka.client;
const { workload: listener } = kokuListener.metrics;

/** Whether the cluster runs its own single server. */
const hasBroker = (rehearsed: Rehearsed): boolean => hasObject(rehearsed, 'StatefulSet', broker);

const messages = 60;

const restarts = async ({ kubectl }: Rehearsed): Promise<ReadonlyMap<string, number>> =>
  new Map((await runningPods(kubectl)).map((pod) => [pod.metadata.name, restartsOf(pod)]));

/** Policies do not admit masu's pod to Kafka, so use the listener's, which ignores these messages. */
const exchange = ({ kubectl }: Rehearsed, mark: string, produce: number): Promise<string> =>
  runProgramInPod(kubectl, listener, join(import.meta.dirname, 'messages.py'), { mark, produce, topic: uploadTopic });

const isReady = async ({ kubectl }: Rehearsed, workload: string): Promise<boolean> => {
  const pods = await runningPods(kubectl, workload);
  return pods.length > 0 && pods.every((pod) => readySince(pod) !== undefined);
};

/** Until the listener reads an announcement, Kafka has its only copy. */
export const messagesSurvive: Check = {
  title: 'a killed Kafka restarts with every message',
  stages: ['node'],
  applies: (rehearsed) => hasOwnServers(rehearsed) && hasBroker(rehearsed),
  order: 330,
  run: async (rehearsed) => {
    const { kubectl } = rehearsed;
    const mark = `rehearsal-${Date.now()}`;
    const taken = await exchange(rehearsed, mark, messages);
    const { metadata } = await podOf(kubectl, broker);
    await kubectl.run(['delete', 'pod', metadata.name, '-n', namespace, '--grace-period=0', '--force']);
    await until('the return of Kafka', 180, state, async () => {
      const pod = await podOf(kubectl, broker);
      return pod.metadata.uid !== metadata.uid && readySince(pod) !== undefined;
    });
    const found = await exchange(rehearsed, mark, 0);
    if (taken !== String(messages) || found !== taken)
      throw new Error(`of ${messages} messages ${taken} were accepted, and ${found} are left`);
    console.log(`         ${found} messages`);
  },
};

const groupMembers = async ({ kubectl }: Rehearsed): Promise<string> =>
  runInPod(
    kubectl,
    broker,
    `KAFKA_HEAP_OPTS=-Xmx64m /opt/kafka/bin/kafka-consumer-groups.sh --bootstrap-server 127.0.0.1:9092 --describe --members --group hccm-group 2>/dev/null | grep -c hccm-group || true`,
  );

/**
 * Whether the listener is in its group. An understudy joins none, because it must not read messages.
 */
const inGroup = async (rehearsed: Rehearsed): Promise<boolean> =>
  isPlayed(rehearsed, 'koku') || (await groupMembers(rehearsed)) !== '0';

/**
 * A client that waits for Kafka must not restart, and must work again when Kafka is back.
 * @param seconds without Kafka: more than the limit of any probe
 */
const brokerOutage = (seconds: number): Trial => ({
  title: `${seconds} seconds without Kafka restart no pod, and the listener is Ready again afterwards (the real one: in its group)`,
  run: async (rehearsed) => {
    const { kubectl } = rehearsed;
    if (!(await inGroup(rehearsed))) throw new Error('the listener is not in its group');
    const before = await restarts(rehearsed);
    await whileAway(kubectl, broker, async () => {
      await sleep(seconds * 1000);
      if (!(await isReady(rehearsed, kokuMasu.http.workload)))
        throw new Error('masu, which does not use Kafka, is not Ready');
    });
    await until(
      'the return of Kafka and the listener',
      300,
      state,
      async () =>
        (await isReady(rehearsed, broker)) && (await isReady(rehearsed, listener)) && (await inGroup(rehearsed)),
    );
    const after = await restarts(rehearsed);
    const restarted = [...after].filter(([name, count]) => count > (before.get(name) ?? 0)).map(([name]) => name);
    if (restarted.length > 0) throw new Error(`restarted: ${restarted.join(', ')}`);
  },
});

/** Short enough for each commit. */
export const shortOutage: Check = {
  ...brokerOutage(120),
  stages: ['node'],
  applies: (rehearsed) => hasOwnServers(rehearsed) && hasBroker(rehearsed),
  order: 400,
};

/** Longer than any time-out. */
export const longOutage: Check = {
  ...brokerOutage(600),
  stages: ['node'],
  applies: hasBroker,
  order: 710,
  long: true,
};
