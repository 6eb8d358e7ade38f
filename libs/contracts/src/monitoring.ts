/** What monitoring and the others must agree on. */
import { endpoints } from '@cost-onprem/kit/vocabulary';
import type { Panel } from '@cost-onprem/kit/dashboards';
import type { Rule } from '@cost-onprem/kit/rules';
import { contract } from './contract.ts';

/** Tells Prometheus of the cache, which does not tell it itself. */
export const valkeyExporter = endpoints('valkey-exporter', { metrics: 9121 });

/** Where the page is that every alert links to, from the root of this repository. */
export const runbookPath = 'libs/monitoring/runbook.md';

/** Groups of rules, each an object of its own, in the order in which they are rendered. */
export const ruleGroups = [
  'workloads',
  'pods',
  'jobs',
  'queues',
  'uploads',
  'api',
  'volumes',
  'certificates',
  'blindness',
] as const;

/** Rules that an application brings, by their group. */
export type Rules = Readonly<Partial<Record<(typeof ruleGroups)[number], readonly Rule[]>>>;

/** Rows of the dashboard, from an upload to a report and then what is below. */
export const dashboardRows = ['Queues', 'Workers', 'APIs', 'Listener', 'Database and volumes', 'Restarts'] as const;

/** Panels that an application brings, by their row. */
export type Panels = Readonly<Partial<Record<(typeof dashboardRows)[number], readonly Panel[]>>>;

export const monitoringContract = contract({
  replicated: [valkeyExporter.metrics.workload],
});
