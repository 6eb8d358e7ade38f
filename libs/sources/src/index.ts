import { sourcesEncryption, sourcesKey } from '@cost-onprem/contracts';
import { application } from '@cost-onprem/kit';
import { sourcesApi } from './sources-api.ts';
import { panels } from './rules/panels.ts';
import { rules } from './rules/rules.ts';
import { runbook } from './rules/runbook.ts';

/** sources-api, which keeps the platform's sources in clusters that choose it. */
export default application({
  name: 'sources',
  bases: { '.': { workloads: [sourcesApi], makes: [sourcesEncryption, sourcesKey] } },
  rules,
  panels,
  runbook,
});
