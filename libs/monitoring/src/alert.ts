import { runbookPath } from '@cost-onprem/contracts';
import type { Alert } from '@cost-onprem/kit';

/** An alert with the address of its paragraph: the heading of that name in the runbook. */
export const alert = <const Name extends string>(declared: Omit<Alert<Name>, 'runbook'>): Alert<Name> => ({
  ...declared,
  runbook: `${runbookPath}#${declared.alert.toLowerCase()}`,
});
