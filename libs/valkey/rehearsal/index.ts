import type { ApplicationRehearsal } from '../../../tools/rehearsal/src/checks/index.ts';
import { queueSurvives } from './data.ts';

export default {
  checks: [queueSurvives],
} satisfies ApplicationRehearsal;
