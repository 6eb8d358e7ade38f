import { join } from 'node:path';
import { kokuListener } from '@cost-onprem/contracts';
import { otherAccountsBucket } from '../../../tools/rehearsal/src/external-servers/index.ts';
import { hasOwnServers, runProgramInPod, type Check } from '../../../tools/rehearsal/src/checks/index.ts';

/** Koku needs no more than an ObjectBucketClaim gives: the real Koku processed the payload of an earlier check with it. */
export const oneBucket: Check = {
  title: 'the keys of the cluster’s one bucket open no other',
  stages: ['node'],
  applies: (rehearsed) => !hasOwnServers(rehearsed),
  order: 240,
  run: async ({ kubectl }) => {
    const { workload } = kokuListener.metrics;
    const said = await runProgramInPod(kubectl, workload, join(import.meta.dirname, 'bucket.py'), {
      other: otherAccountsBucket,
    });
    const allowed = JSON.parse(said) as readonly string[];
    if (allowed.length > 0) throw new Error(`the keys allow a client to ${allowed.join(', to ')}`);
  },
};
