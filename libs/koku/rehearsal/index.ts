import type { ApplicationRehearsal } from '../../../tools/rehearsal/src/checks/index.ts';
import { work } from './chaos/work.ts';
import { faultsRepaired } from './faults.ts';
import { payloadBecomesCost } from './payload.ts';
import { queuesTaken } from './queues.ts';
import { scheduleFires } from './schedule.ts';
import { smokeTestPasses } from './smoke.ts';
import { workerFinishes } from './worker.ts';

export default {
  checks: [queuesTaken, payloadBecomesCost, smokeTestPasses, workerFinishes, scheduleFires, faultsRepaired],
  work,
} satisfies ApplicationRehearsal;
