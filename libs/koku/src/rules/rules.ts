import type { Rules } from '@cost-onprem/contracts';
import { api } from './api.ts';
import { jobs } from './jobs.ts';
import { queues } from './queues.ts';
import { sources } from './sources.ts';
import { uploads } from './uploads.ts';
import { workloads } from './workloads.ts';

/** All of Koku's rules. */
export const rules: Rules = { workloads, jobs, queues, uploads, sources, api };
