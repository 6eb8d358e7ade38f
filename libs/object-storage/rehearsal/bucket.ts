import { join } from 'node:path';
import { kokuListener } from '@cost-onprem/contracts';
import { otherAccountsBucket } from '../../../tools/rehearsal/src/external-servers/index.ts';
import { hasOwnServers, runProgramInPod, type Check } from '../../../tools/rehearsal/src/checks/index.ts';

/** What an ObjectBucketClaim gives is all that Koku needs: with the real Koku, the payload of the check before came through it. */
export const oneBucket: Check = {
  title: 'the keys of the cluster’s one bucket open no other',
  stages: ['node'],
  applies: (rehearsed) => !hasOwnServers(rehearsed),
  order: 240,
  run: async ({ kubectl }) => {
    const { workload } = kokuListener.metrics;
    const said = await runProgramInPod(kubectl, workload, join(import.meta.dirname, 'bucket.py'), {
      stranger: otherAccountsBucket,
    });
    const allowed = JSON.parse(said) as readonly string[];
    if (allowed.length > 0) throw new Error(`its keys may ${allowed.join(', ')}`);
  },
};
