/** The costs that rehearsals expect of Koku must be right by themselves. */
import { expect, test } from 'vitest';
import { costOf } from '../cost.ts';
import { reportedDays, staticReports } from '../reports.ts';

const columns =
  'interval_start,pod,namespace,node,pod_usage_cpu_core_seconds,pod_request_cpu_core_seconds,pod_usage_memory_byte_seconds,node_capacity_cpu_core_seconds,node_capacity_memory_byte_seconds';
const hour = (start: string, namespace: string, usage: number, request: number, gibibytes: number) =>
  [start, 'web', namespace, 'node-a', usage * 3600, request * 3600, gibibytes * 3600 * 2 ** 30]
    .concat(4 * 3600, 16 * 3600 * 2 ** 30)
    .join(',');
const rates = { coreUsage: 0.1, coreRequest: 0.2, gibibyteUsage: 0.05 };

test('a namespace costs its pods’ usage, the cluster its nodes’ capacity, once an hour', () => {
  const pods = [columns, hour('00', 'shop', 0.5, 1, 1), hour('00', 'blog', 1, 0.5, 0.5), hour('01', 'shop', 0.5, 1, 1)];
  expect(costOf([pods.join('\n'), 'node,node_labels\nnode-a,label_role:worker\n'], rates)).toEqual({
    cluster: 2 * (4 * 0.3 + 16 * 0.05),
    namespaces: { shop: 0.6, blog: 0.23 },
  });
});

test.for([
  ['2026-11-21T09:00:00Z', '2026-11-18', '2026-11-19', '2026-11-20'],
  ['2026-11-04T00:10:00Z', '2026-11-01', '2026-11-02', '2026-11-03'],
  ['2026-11-03T23:00:00Z', '2026-10-29', '2026-10-30', '2026-10-31'],
  ['2027-01-01T00:00:00Z', '2026-12-29', '2026-12-30', '2026-12-31'],
])('on %s two whole days of one month are reported', ([now = '', first, last, end]) => {
  const days = reportedDays(new Date(now));
  expect(days).toEqual({ first, last });
  expect(staticReports(days)).toContain(`end_date: ${end}\n`);
});
