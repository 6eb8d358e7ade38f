import { setTimeout as sleep } from 'node:timers/promises';
import { hasOwnServers, replacePod, type Check } from '../../../tools/rehearsal/src/checks/index.ts';
import { runInPod } from '../../../tools/rehearsal/src/kubernetes/index.ts';

/** Koku's tasks are in a list of Valkey's; those that were accepted must not be lost. */
export const queueSurvives: Check = {
  title: 'Valkey survives a restart with its queue',
  stages: ['node'],
  applies: hasOwnServers,
  order: 310,
  run: async ({ kubectl }) => {
    const value = String(Date.now());
    await runInPod(kubectl, 'valkey', `valkey-cli -n 1 RPUSH rehearsal ${value}`);
    // The append-only file is written through once a second.
    await sleep(1500);
    await replacePod(kubectl, 'valkey');
    const found = await runInPod(kubectl, 'valkey', 'valkey-cli -n 1 LPOP rehearsal');
    if (found !== value) throw new Error(`the queued task: found ${found || 'nothing'} in place of ${value}`);
  },
};
