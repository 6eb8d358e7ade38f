import { setTimeout as sleep } from 'node:timers/promises';
import { ingress, namespace, uploadType } from '@cost-onprem/contracts';
import {
  assertAccepted,
  hasIngress,
  hasOwnServers,
  requestsOf,
  startUploads,
  type Check,
  type Place,
  type Upload,
} from '../../../tools/rehearsal/src/checks/index.ts';
import { found, waitForAnnouncements } from './found.ts';

/** Bytes of a slow upload, and bytes a second: it takes 50 s, longer than new pods need to be ready. */
const slow = { bytes: 500_000, rate: 10_000 } as const;

/** Short uploads, one after the other, for about as long. */
const short = { bytes: 100_000, rate: 100_000, count: 60 } as const;

const uploads = (to: Place): readonly Upload[] =>
  [1, 2, 3, 4].map((number) => ({ name: `slow ${number} to ${to}`, contentType: uploadType, ...slow }));

/** Its program ends at once when it is told to stop, so the platform must let its uploads end first. */
export const restartLosesNone: Check = {
  title: 'a rolling restart of ingress breaks no upload, neither one under way in it nor one in the gateway',
  stages: ['node'],
  applies: (rehearsed) => hasIngress(rehearsed) && hasOwnServers(rehearsed),
  order: 310,
  run: async ({ kubectl }) => {
    const underWay = await Promise.all([
      // The gateway collects an upload before ingress gets it, so only the second kind is under way in ingress for long.
      startUploads(kubectl, uploads('the gateway')),
      startUploads(kubectl, uploads('ingress'), { to: 'ingress' }),
      startUploads(
        kubectl,
        Array.from({ length: short.count }, (_, number) => ({
          name: `short ${number}`,
          contentType: uploadType,
          bytes: short.bytes,
          rate: short.rate,
        })),
        { atOnce: 2 },
      ),
    ]);
    await sleep(5000);
    const deployment = `deployment/${ingress.http.workload}`;
    await kubectl.run(['rollout', 'restart', deployment, '-n', namespace]);
    await kubectl.run(['rollout', 'status', deployment, '-n', namespace, '--timeout=300s']);
    const answers = (await Promise.all(underWay.map(({ ended }) => ended))).flat();
    for (const { stop } of underWay) stop();
    assertAccepted(answers);
    const requests = requestsOf(answers);
    await waitForAnnouncements(kubectl, requests, 60);
    const { objects } = await found(kubectl, requests);
    const lost = requests.filter((request) => !(request in objects));
    if (lost.length > 0) throw new Error(`accepted and not stored: ${lost.join(', ')}`);
    console.log(`         ${answers.length} uploads, all accepted, stored and announced`);
  },
};
