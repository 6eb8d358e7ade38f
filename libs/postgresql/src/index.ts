import { dbKokuCredentials } from '@cost-onprem/contracts';
import { application } from '@cost-onprem/kit';
import { dbKoku } from './db-koku.ts';
import { dbKokuReplica } from './db-koku-replica.ts';
import { panels } from './rules/panels.ts';
import { rules } from './rules/rules.ts';
import { runbook } from './rules/runbook.ts';

/** PostgreSQL: one base per server, for stacks and options choose them one by one. */
export default application({
  name: 'postgresql',
  bases: {
    'db-koku': { workloads: [dbKoku], makes: [dbKokuCredentials] },
    'db-koku-replica': { workloads: [dbKokuReplica] },
  },
  rules,
  panels,
  runbook,
});
