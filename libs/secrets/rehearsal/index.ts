import type { ApplicationRehearsal } from '../../../tools/rehearsal/src/checks/index.ts';
import { nothingSeen, secretRemade, secretsKept, secretsRotated } from './secrets.ts';

export default {
  checks: [nothingSeen, secretsKept, secretRemade, secretsRotated],
} satisfies ApplicationRehearsal;
