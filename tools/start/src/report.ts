/** The table at the end of `npm start`, with one row per cluster. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterNames } from '../../repository/src/clusters.ts';
import type { Summary } from '../../clusters/src/summary.ts';
import { repository } from '../../repository/src/repository.ts';

type Row = readonly string[];

const read = (cluster: string): Summary & { readonly milliseconds: number } =>
  JSON.parse(readFileSync(join(repository, 'dist/clusters', `${cluster}.json`), 'utf8')) as Summary & {
    readonly milliseconds: number;
  };

const row = (cluster: string): Row => {
  const { objects, pods, requests, limits, gibibytesOfStorage, milliseconds } = read(cluster);
  return [
    cluster,
    String(objects),
    String(pods),
    `${requests.cores.toFixed(2)} / ${limits.cores.toFixed(2)}`,
    `${requests.gibibytes.toFixed(1)} / ${limits.gibibytes.toFixed(1)}`,
    `${requests.nodeGibibytes.toFixed(1)} / ${limits.nodeGibibytes.toFixed(1)}`,
    String(gibibytesOfStorage),
    `${milliseconds} ms`,
  ];
};

const aligned = (rows: readonly Row[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
};

const head: Row = [
  'cluster',
  'objects',
  'pods',
  'cores req/lim',
  'GiB req/lim',
  'node disk GiB req/lim',
  'claims GiB',
  'rendered in',
];

/** The table of all clusters, from the summaries in dist/clusters. */
export const report = (): string => aligned([head, ...clusterNames().map(row)]);
