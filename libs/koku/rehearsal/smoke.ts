import { randomUUID } from 'node:crypto';
import { runSmoke, targetOf, verdictText } from '../../../tools/smoke/src/index.ts';
import { ingress } from '@cost-onprem/contracts';
import { hasObject, throughGateway, type Check } from '../../../tools/rehearsal/src/checks/index.ts';

/** The smoke test that a person runs against a cluster, through the gateway instead of a router. */
export const smokeTestPasses: Check = {
  real: ['koku', 'insights-ingress-go', 'ros-ocp-backend', 'autotune', 'sources-api'],
  title: 'the smoke test passes: one upload becomes cost and recommendations, and leaves nothing behind',
  stages: ['node'],
  applies: (rehearsed) => hasObject(rehearsed, 'Deployment', ingress.http.workload),
  order: 235,
  run: async ({ kubectl, objects, cluster }) => {
    const { recommends, sources, workloads } = targetOf(objects, cluster);
    const ask = throughGateway(kubectl);
    const say = (line: string): void => console.log(`         ${line}`);
    const began = Date.now();
    const verdict = await runSmoke(
      { clusterId: randomUUID(), recommends, sources, seconds: 300, keeps: false },
      { ask, askAfterwards: ask, say },
    );
    const seconds = ((Date.now() - began) / 1000).toFixed(0);
    if (verdict.failures.length > 0) throw new Error(verdictText(verdict, cluster, workloads, seconds));
  },
};
