import { valkeyCredentials } from '@cost-onprem/contracts';
import { application } from '@cost-onprem/kit';
import { valkey } from './valkey.ts';
import { panels } from './rules/panels.ts';
import { rules } from './rules/rules.ts';
import { runbook } from './rules/runbook.ts';

/** Valkey, a server with the Redis protocol. */
export default application({
  name: 'valkey',
  bases: { '.': { workloads: [valkey], makes: [valkeyCredentials] } },
  rules,
  panels,
  runbook,
});
