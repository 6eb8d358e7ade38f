import type { ApplicationRehearsal } from '../../../tools/rehearsal/src/checks/index.ts';
import { databaseSurvives } from './data.ts';
import { databaseMoves } from './move.ts';
import { databaseOutage } from './outage.ts';
import { replicaServesReads } from './replica.ts';

export default {
  checks: [replicaServesReads, databaseSurvives, databaseOutage, databaseMoves],
} satisfies ApplicationRehearsal;
