import type { ApplicationRehearsal } from '../../../tools/rehearsal/src/checks/index.ts';
import { messageSkipped } from './skip-message.ts';

export default { checks: [messageSkipped] } satisfies ApplicationRehearsal;
