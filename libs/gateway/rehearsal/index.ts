import type { ApplicationRehearsal } from '../../../tools/rehearsal/src/checks/index.ts';
import { readsAndWrites, rollingRestart } from './entrance.ts';

export default {
  checks: [readsAndWrites, rollingRestart],
} satisfies ApplicationRehearsal;
