import { setTimeout as sleep } from 'node:timers/promises';
import { namespace } from '@cost-onprem/contracts';
import { runningPods, state, until, workloadOf } from '../../../tools/rehearsal/src/kubernetes/index.ts';
import {
  assertNoneDropped,
  hasOwnServers,
  trafficDuring,
  type Check,
  type Rehearsed,
} from '../../../tools/rehearsal/src/checks/index.ts';

/** Methods in each API's access log, for requests with a mark. */
const seen = async ({ kubectl }: Rehearsed, mark: string): Promise<Readonly<Record<string, readonly string[]>>> => {
  const methods: Record<string, Set<string>> = {};
  for (const pod of await runningPods(kubectl)) {
    const workload = workloadOf(pod);
    if (!workload.startsWith('koku-api-')) continue;
    const { out } = await kubectl.run(['logs', pod.metadata.name, '-n', namespace, '--all-containers']);
    const lines = out.split('\n').filter((line) => line.includes(mark));
    const found = lines.flatMap((line) => /"(GET|POST) /.exec(line)?.[1] ?? []);
    methods[workload] = (methods[workload] ?? new Set()).union(new Set(found));
  }
  return Object.fromEntries(Object.entries(methods).map(([workload, set]) => [workload, [...set].toSorted()]));
};

/** The split keeps reads quick while uploads are processed. */
export const readsAndWrites: Check = {
  title: 'through the gateway the reads API alone answers a GET, and the writes API alone a POST',
  stages: ['node'],
  order: 200,
  run: async (rehearsed) => {
    const mark = `rehearsal-${Date.now()}`;
    const traffic = await trafficDuring(rehearsed.kubectl, 4, mark, () => sleep(3000));
    assertNoneDropped(traffic);
    await until('the requests in the access logs', 20, state, async () => {
      const methods = await seen(rehearsed, mark);
      return Object.values(methods).some((list) => list.length > 0);
    });
    const methods = JSON.stringify(await seen(rehearsed, mark));
    const wanted = JSON.stringify({ 'koku-api-reads': ['GET'], 'koku-api-writes': ['POST'] });
    if (methods !== wanted) throw new Error(`the access logs show ${methods}`);
  },
};

/** Users must not notice a new image or a new setting. */
export const rollingRestart: Check = {
  title: 'a rolling restart of gateway and APIs under 20 requests a second drops no request',
  stages: ['node'],
  applies: hasOwnServers,
  order: 300,
  run: async ({ kubectl }) => {
    const deployments = ['koku-gateway', 'koku-api-reads', 'koku-api-writes'].map((name) => `deployment/${name}`);
    const traffic = await trafficDuring(kubectl, 20, 'rehearsal', async () => {
      await kubectl.run(['rollout', 'restart', ...deployments, '-n', namespace]);
      for (const deployment of deployments)
        await kubectl.run(['rollout', 'status', deployment, '-n', namespace, '--timeout=300s']);
      // The old pods still finish their requests.
      await sleep(15_000);
    });
    assertNoneDropped(traffic);
    console.log(`         ${traffic.sent} requests, all answered`);
  },
};
