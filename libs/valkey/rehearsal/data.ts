import { setTimeout as sleep } from 'node:timers/promises';
import { hasOwnServers, replacePod, type Check } from '../../../tools/rehearsal/src/checks/index.ts';
import { runInPod } from '../../../tools/rehearsal/src/kubernetes/index.ts';

/** Koku's tasks are in a list of Valkey, and accepted tasks must not be lost. */
export const queueSurvives: Check = {
  title: 'Valkey survives a restart with its queue',
  stages: ['node'],
  applies: hasOwnServers,
  order: 310,
  run: async ({ kubectl }) => {
    const value = String(Date.now());
    await runInPod(kubectl, 'valkey', `valkey-cli -n 1 RPUSH rehearsal ${value}`);
    // Valkey writes the append-only file once a second.
    await sleep(1500);
    await replacePod(kubectl, 'valkey');
    const found = await runInPod(kubectl, 'valkey', 'valkey-cli -n 1 LPOP rehearsal');
    if (found !== value) throw new Error(`the queued task: found ${found || 'nothing'} instead of ${value}`);
  },
};
