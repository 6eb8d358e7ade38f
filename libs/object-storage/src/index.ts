import { objectStorageCredentials } from '@cost-onprem/contracts';
import { application } from '@cost-onprem/kit';
import { objectStorage } from './object-storage.ts';
import { rules } from './rules/rules.ts';
import { runbook } from './rules/runbook.ts';

/** An embedded object store, and the credentials for an external one. */
export default application({
  name: 'object-storage',
  bases: {
    embedded: { workloads: [objectStorage], makes: [objectStorageCredentials] },
    credentials: { workloads: [], asksFor: [objectStorageCredentials] },
  },
  rules,
  runbook,
});
