/** What monitoring and the other applications must agree on. */
import { endpoints } from '@cost-onprem/kit/vocabulary';
import type { Panel } from '@cost-onprem/kit/dashboards';
import type { Rule } from '@cost-onprem/kit/rules';
import { contract } from './contract.ts';

/** Exports metrics of the cache, which exports none itself. */
export const valkeyExporter = endpoints('valkey-exporter', { metrics: 9121 });

/** The page to which every alert links, from the root of this repository. */
export const runbookPath = 'libs/monitoring/runbook.md';

/** Groups of rules, in the order of the render. Each is one object. */
export const ruleGroups = [
  'workloads',
  'pods',
  'jobs',
  'queues',
  'uploads',
  'recommendations',
  'sources',
  'api',
  'volumes',
  'certificates',
  'blindness',
] as const;

/** Rules of an application, by group. */
export type Rules = Readonly<Partial<Record<(typeof ruleGroups)[number], readonly Rule[]>>>;

/** Rows of the dashboard: first the way from an upload to a report, then the servers and pods below it. */
export const dashboardRows = [
  'Uploads',
  'Listener',
  'Queues',
  'Workers',
  'Recommendations',
  'APIs',
  'Database and volumes',
  'Restarts',
] as const;

/** Panels of an application, by row. */
export type Panels = Readonly<Partial<Record<(typeof dashboardRows)[number], readonly Panel[]>>>;

export const monitoringContract = contract({
  replicated: [valkeyExporter.metrics.workload],
});
