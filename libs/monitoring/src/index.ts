import { application } from '@cost-onprem/kit';
import { assemble } from './assemble.ts';
import { panels } from './rules/panels.ts';
import { rules } from './rules/rules.ts';
import { runbook } from './rules/runbook.ts';
import { monitoring } from './settings.ts';
import { valkeyExporter } from './valkey-exporter.ts';

/** Alerts and a dashboard, so that operators see a fault before users report it. */
export default application({
  name: 'monitoring',
  bases: { '.': { workloads: [valkeyExporter], settings: [monitoring] } },
  rules,
  panels,
  runbook,
  assembles: assemble,
});
