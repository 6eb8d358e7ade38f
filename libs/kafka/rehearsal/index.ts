import type { ApplicationRehearsal } from '../../../tools/rehearsal/src/checks/index.ts';
import { longOutage, messagesSurvive, shortOutage } from './broker.ts';
import { kafkaModes } from './modes.ts';

export default {
  checks: [messagesSurvive, shortOutage, kafkaModes, longOutage],
} satisfies ApplicationRehearsal;
