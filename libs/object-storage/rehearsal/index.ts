import type { ApplicationRehearsal } from '../../../tools/rehearsal/src/checks/index.ts';
import { oneBucket } from './bucket.ts';
import { noChecksums } from './checksums.ts';

export default {
  checks: [oneBucket, noChecksums],
} satisfies ApplicationRehearsal;
