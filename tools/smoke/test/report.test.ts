/** A report must be what the metrics operator sends, and the expected cost of it must be right by itself. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { costOf } from '../src/cost.ts';
import { makeReport, type Report } from '../src/report.ts';
import { rates } from '../src/run.ts';
import { reportedDay } from '../src/usage.ts';

const clusterId = '3f1f6d1e-1111-4222-8333-444455556666';
const folder = mkdtempSync(join(tmpdir(), 'report-'));
let report: Report;
const files: Record<string, string> = {};

interface Manifest {
  readonly uuid: string;
  readonly cluster_id: string;
  readonly start: string;
  readonly end: string;
  readonly daily_reports: boolean;
  readonly files: readonly string[];
  readonly resource_optimization_files: readonly string[];
}
const manifest = (): Manifest => JSON.parse(files['manifest.json'] ?? '') as Manifest;

type Row = Readonly<Record<string, string>>;
const rowsOf = (text: string): readonly Row[] => {
  const [head = [], ...rows] = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  return rows.map((values) => Object.fromEntries(head.map((name, index) => [name, values[index] ?? ''])));
};
const rowsIn = (kind: string): readonly Row[] => {
  const name = Object.keys(files).find((file) => file.includes(kind));
  return rowsOf(files[name ?? ''] ?? '');
};
const sum = (rows: readonly Row[], column: string): number =>
  rows.reduce((total, row) => total + Number(row[column]), 0);

beforeAll(async () => {
  // The last day of a month, whose end is in the next month.
  report = await makeReport(clusterId, '2026-11-30', new Date('2026-12-01T09:05:07.123Z'));
  writeFileSync(join(folder, 'report.tar.gz'), report.archive);
  execFileSync('tar', ['-C', folder, '--touch', '-xzf', join(folder, 'report.tar.gz')]);
  rmSync(join(folder, 'report.tar.gz'));
  for (const name of readdirSync(folder)) files[name] = readFileSync(join(folder, name), 'utf8');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the archive has the operator’s name, and holds a manifest and the files that the manifest lists', () => {
  expect(report.name).toBe('20261201T090507_123-cost-mgmt.tar.gz');
  const { uuid, files: cost, resource_optimization_files: optimization } = manifest();
  expect(Object.keys(files).toSorted()).toEqual([...cost, ...optimization, 'manifest.json'].toSorted());
  expect(cost[2]).toBe(`${uuid}-cm-openshift-pod-usage-202611.2.csv`);
  expect(optimization[0]).toBe(`${uuid}-ros-openshift-container-202611.3.csv`);
});

test('the manifest names the cluster and a range in one month, and each report has its own', async () => {
  expect(manifest()).toMatchObject({
    cluster_id: clusterId,
    start: '2026-11-30T00:00:00Z',
    end: '2026-11-30T23:59:59Z',
    daily_reports: true,
  });
  const another = await makeReport(clusterId, '2026-11-30');
  expect(another.archive.equals(report.archive)).toBe(false);
});

test('every row has as many values as its file has columns', () => {
  const widths = Object.entries(files)
    .filter(([name]) => name.endsWith('.csv'))
    .map(
      ([, text]) =>
        new Set(
          text
            .trimEnd()
            .split('\n')
            .map((line) => line.split(',').length),
        ).size,
    );
  expect(widths).toEqual([1, 1, 1, 1, 1]);
});

test('the pods of a day have its 24 hours each, and the sums that the report declares', () => {
  const shop = rowsIn('pod-usage').filter(({ namespace }) => namespace === 'shop');
  expect(shop).toHaveLength(24);
  expect(shop.at(-1)).toMatchObject({
    report_period_start: '2026-11-01 00:00:00 +0000 UTC',
    report_period_end: '2026-12-01 00:00:00 +0000 UTC',
    interval_start: '2026-11-30 23:00:00 +0000 UTC',
    interval_end: '2026-11-30 23:59:59 +0000 UTC',
  });
  expect(sum(shop, 'pod_usage_cpu_core_seconds') / 3600).toBe(24 * 0.5);
  expect(sum(shop, 'pod_request_memory_byte_seconds') / 3600 / 2 ** 30).toBe(24 * 2);
  expect(sum(shop, 'node_capacity_cpu_core_seconds') / 3600).toBe(24 * 4);
});

test('a container has its 96 quarters of an hour, the last of which ends with the day', () => {
  const shop = rowsIn('ros-openshift-container').filter(({ namespace }) => namespace === 'shop');
  expect(shop).toHaveLength(96);
  expect(shop[1]).toMatchObject({
    interval_start: '2026-11-30 00:15:01 +0000 UTC',
    interval_end: '2026-11-30 00:30:00 +0000 UTC',
    owner_kind: 'ReplicaSet',
    workload_type: 'deployment',
  });
  expect(shop.at(-1)?.['interval_end']).toBe('2026-12-01 00:00:00 +0000 UTC');
  const [{ cpu_usage_container_min: low, cpu_usage_container_avg: average, cpu_usage_container_max: high } = {}] = shop;
  expect(Number(low)).toBeLessThan(Number(average));
  expect(Number(average)).toBeLessThan(Number(high));
});

describe('the expected cost', () => {
  test('a namespace costs its pods’ usage and requests, the cluster its nodes’ capacity', () => {
    // For each hour 4 x 0.3 + 16 x 0.05; 1 x 0.2 + 0.5 x 0.1 + 1 x 0.05; 0.5 x 0.2 + 1 x 0.1 + 0.5 x 0.05.
    expect(costOf(report.reports, rates)).toEqual({ cluster: 48, namespaces: { shop: 7.2, blog: 5.4 } });
  });

  test('a node that several pods share counts once an hour, and files without pods do not count', () => {
    const columns =
      'interval_start,pod,namespace,node,pod_usage_cpu_core_seconds,pod_request_cpu_core_seconds,pod_usage_memory_byte_seconds,node_capacity_cpu_core_seconds,node_capacity_memory_byte_seconds';
    const hour = (start: string, namespace: string, usage: number, request: number, gibibytes: number) =>
      [start, 'web', namespace, 'node-a', usage * 3600, request * 3600, gibibytes * 3600 * 2 ** 30]
        .concat(4 * 3600, 16 * 3600 * 2 ** 30)
        .join(',');
    const pods = [
      columns,
      hour('00', 'shop', 0.5, 1, 1),
      hour('00', 'blog', 1, 0.5, 0.5),
      hour('01', 'shop', 0.5, 1, 1),
    ];
    expect(costOf([pods.join('\n'), 'node,node_labels\nnode-a,label_role:worker\n'], rates)).toEqual({
      cluster: 2 * (4 * 0.3 + 16 * 0.05),
      namespaces: { shop: 0.6, blog: 0.23 },
    });
  });
});

test.for([
  ['2026-11-21T09:00:00Z', '2026-11-20'],
  ['2026-12-01T00:00:01Z', '2026-11-30'],
  ['2027-01-01T23:59:59Z', '2026-12-31'],
])('on %s the day before is reported', ([now = '', day]) => {
  expect(reportedDay(new Date(now))).toBe(day);
});
