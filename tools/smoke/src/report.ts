/** A report of usage, packed as the metrics operator packs it. */
import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import { costFiles, optimizationFiles, rangeOf, type CsvFile } from './csv.ts';

/** The commit of the operator whose format this is, which it puts into the manifest and into its user agent. */
export const operatorCommit = '06a2a850c1002bbc35a64d665a7a53920527b841';

/** One upload. */
export interface Report {
  /** The identifier of the OpenShift cluster that it is about, a UUID. */
  readonly clusterId: string;
  /** The name of the file. */
  readonly name: string;
  /** A tar file, compressed with gzip. */
  readonly archive: Buffer;
  /** Texts of the CSV files from which cost comes. */
  readonly reports: readonly string[];
}

/** The name of a file inside the archive: the operator puts its manifest before and its place in the folder behind. */
const placed = (manifest: string, day: string, { name, text }: CsvFile, index: number): CsvFile => ({
  name: `${manifest}-${name}-${day.slice(0, 7).replace('-', '')}.${index}.csv`,
  text,
});

/** The time of packing as the operator writes it: 20261128T120509_123. */
const stamp = (now: Date): string => now.toISOString().slice(0, -1).replaceAll(/[-:]/g, '').replace('.', '_');

/**
 * Creates one report of one day with a manifest of its own (tools/documentation/facts/metrics-operator.md#archive).
 * @param clusterId a UUID
 * @param day as 2026-11-27
 */
export const makeReport = async (clusterId: string, day: string, now = new Date()): Promise<Report> => {
  const manifest = randomUUID();
  const cost = costFiles(day);
  const all = [...cost, ...optimizationFiles(day)].map((file, index) => placed(manifest, day, file, index));
  const names = all.map(({ name }) => name);
  const { start, end } = rangeOf(day);
  const content = {
    uuid: manifest,
    cluster_id: clusterId,
    version: operatorCommit,
    date: now.toISOString(),
    files: names.slice(0, cost.length),
    resource_optimization_files: names.slice(cost.length),
    start,
    end,
    cr_status: {},
    certified: false,
    daily_reports: true,
  };
  const pack = tar.pack();
  for (const { name, text } of [...all, { name: 'manifest.json', text: JSON.stringify(content, null, 1) }])
    pack.entry({ name, mode: 0o644, mtime: now }, text);
  pack.finalize();
  return {
    clusterId,
    name: `${stamp(now)}-cost-mgmt.tar.gz`,
    archive: gzipSync(await buffer(pack)),
    reports: cost.map(({ text }) => text),
  };
};
