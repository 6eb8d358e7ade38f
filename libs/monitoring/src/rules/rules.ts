import type { Rules } from '@cost-onprem/contracts';
import { blindness } from './blindness.ts';
import { certificates } from './certificates.ts';
import { jobs } from './jobs.ts';
import { pods } from './pods.ts';
import { volumes } from './volumes.ts';
import { workloads } from './workloads.ts';

/** Rules about every workload, and about programs that are not in this repository. */
export const rules: Rules = { workloads, pods, jobs, volumes, certificates, blindness };
