import type { ApplicationRehearsal } from '../../../tools/rehearsal/src/checks/index.ts';
import { uploadRefused, uploadStored } from './limits.ts';
import { nothingAcceptedIsLost } from './outage.ts';
import { restartLosesNone } from './restart.ts';
import { stoppedUpload } from './stopped.ts';
import { work } from './work.ts';

export default {
  checks: [uploadStored, uploadRefused, stoppedUpload, restartLosesNone, nothingAcceptedIsLost],
  work,
} satisfies ApplicationRehearsal;
