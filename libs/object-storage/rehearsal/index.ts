import type { ApplicationRehearsal } from '../../../tools/rehearsal/src/checks/index.ts';
import { oneBucket } from './bucket.ts';

export default {
  checks: [oneBucket],
} satisfies ApplicationRehearsal;
