import { application } from '@cost-onprem/kit';
import { kruize } from './kruize.ts';
import { kruizeCreatePartitions, kruizeDeletePartitions } from './partitions.ts';
import { kruizeSettings } from './settings.ts';
import { panels } from './rules/panels.ts';
import { rules } from './rules/rules.ts';
import { runbook } from './rules/runbook.ts';

/** Kruize, which calculates recommendations. */
export default application({
  name: 'kruize',
  onlyFor: 'resource-optimization',
  bases: {
    '.': { workloads: [kruize, kruizeCreatePartitions, kruizeDeletePartitions], settings: [kruizeSettings] },
  },
  rules,
  panels,
  runbook,
});
