/** Payloads as the operator of an OpenShift cluster packs them, by nise, Koku's own generator of reports. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../../tools/repository/src/repository.ts';
import { pythonPackages } from '../../../tools/rehearsal/src/kubernetes/index.ts';
import { staticReports, type Days } from './reports.ts';

/** One upload. */
export interface Payload {
  /** A tar file, compressed with gzip. */
  readonly archive: Buffer;
  /** Texts of the CSV files in it. */
  readonly reports: readonly string[];
}

const install = (): string => pythonPackages('nise', [join(import.meta.dirname, 'requirements.txt')]);

/**
 * Creates one payload with its own manifest.
 * @param clusterId of the OpenShift cluster
 */
export const makePayload = (clusterId: string, days: Days): Payload => {
  const packages = install();
  const folder = mkdtempSync(join(cacheFolder, 'rehearsal/payload-'));
  try {
    writeFileSync(join(folder, 'reports.yaml'), staticReports(days));
    const out = join(folder, 'out');
    mkdirSync(out);
    const program = 'from nise.__main__ import main; main()';
    const options = ['--static-report-file', 'reports.yaml', '--ocp-cluster-id', clusterId];
    execFileSync('python3', ['-c', program, 'report', 'ocp', ...options, '--insights-upload', out, '--daily-reports'], {
      cwd: folder,
      env: { PATH: process.env['PATH'], PYTHONPATH: packages },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [month = '', ...others] = readdirSync(join(out, clusterId));
    if (others.length > 0) throw new Error(`nise created payloads of several months: ${[month, ...others].join(', ')}`);
    const content = join(out, clusterId, month);
    const csv = readdirSync(content).filter((name) => name.endsWith('.csv'));
    const archive = join(folder, 'payload.tar.gz');
    execFileSync('tar', ['-C', content, '-czf', archive, 'manifest.json', ...csv]);
    return { archive: readFileSync(archive), reports: csv.map((name) => readFileSync(join(content, name), 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
