import { kokuListener } from '@cost-onprem/contracts';
import { strangersBucket } from '../external-servers/index.ts';
import { runProgramInPod } from './pod-programs.ts';
import type { Check } from './check.ts';

/** What an ObjectBucketClaim gives is all that Koku needs: with the real Koku, the payload of the check before came through it. */
export const oneBucket: Check = {
  title: 'the keys of the cluster’s one bucket open no other',
  run: async ({ kubectl }) => {
    const { workload } = kokuListener.metrics;
    const said = await runProgramInPod(kubectl, workload, 'bucket.py', { stranger: strangersBucket });
    const allowed = JSON.parse(said) as readonly string[];
    if (allowed.length > 0) throw new Error(`its keys may ${allowed.join(', ')}`);
  },
};
