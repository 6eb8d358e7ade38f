import { application } from '@cost-onprem/kit';
import { ingress } from './ingress.ts';
import { ingressSettings } from './settings.ts';
import { panels } from './rules/panels.ts';
import { rules } from './rules/rules.ts';
import { runbook } from './rules/runbook.ts';

/** ingress, which takes the uploads of clusters. */
export default application({
  name: 'ingress',
  bases: { '.': { workloads: [ingress], settings: [ingressSettings] } },
  rules,
  panels,
  runbook,
});
