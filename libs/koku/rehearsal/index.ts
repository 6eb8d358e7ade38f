import type { ApplicationRehearsal } from '../../../tools/rehearsal/src/checks/index.ts';
import { work } from './chaos/work.ts';
import { faultsRepaired } from './faults.ts';
import { payloadBecomesCost } from './payload.ts';
import { queuesTaken } from './queues.ts';
import { scheduleFires } from './schedule.ts';
import { workerFinishes } from './worker.ts';

export default {
  checks: [queuesTaken, payloadBecomesCost, workerFinishes, scheduleFires, faultsRepaired],
  work,
} satisfies ApplicationRehearsal;
