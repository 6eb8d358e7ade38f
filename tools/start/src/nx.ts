import { spawn } from 'node:child_process';
import { repository } from '../../repository/src/repository.ts';

/** How one run of Nx went, in milliseconds. */
export interface NxRun {
  readonly well: boolean;
  /** Starting Nx and working out the project graph. */
  readonly graph: number;
  /** Looking tasks up in the cache, and running those that are not there. */
  readonly tasks: number;
  readonly hits: number;
  readonly total: number;
}

const environment = {
  ...process.env,
  // Nothing is left running, and Nx says how long it took.
  NX_DAEMON: 'false',
  NX_PERF_LOGGING: 'true',
};

const duration = (text: string): number => {
  const [, value = '0', unit = 'ms'] = /Run duration:\s+<?([\d.]+)(ms|s|m)/.exec(text) ?? [];
  return Number(value) * ({ ms: 1, s: 1000, m: 60_000 }[unit] ?? 1);
};

/** Nx tells of a failure at its end, with the output of what failed; a line for each task that ended comes before. */
const isProgress = (line: string): boolean => /^\s*(✔|✖)/.test(line);

const isNoise = (line: string): boolean => line.startsWith('Time taken for ');

/** Runs targets of all projects (`run-many`) or of what changed (`affected`), with a line for each task that ends. */
export const nx = (
  verb: 'run-many' | 'affected',
  targets: readonly string[],
  more: readonly string[] = [],
): Promise<NxRun> =>
  new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn('nx', [verb, '--targets', targets.join(','), '--nxBail=false', ...more], {
      cwd: repository,
      env: environment,
    });
    const lines: string[] = [];
    let rest = '';
    const take = (part: Buffer): void => {
      const pieces = (rest + part.toString()).split('\n');
      rest = pieces.pop() ?? '';
      for (const line of pieces.filter((piece) => !isNoise(piece))) {
        if (isProgress(line)) console.error(line);
        lines.push(line);
      }
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', reject);
    child.on('close', (code) => {
      const text = lines.join('\n');
      if (code !== 0) console.error(text);
      const [, hits = '0', total = '0'] = /Cache:\s+(\d+)\/(\d+)/.exec(text) ?? [];
      const tasks = duration(text);
      resolve({
        well: code === 0,
        graph: Math.max(0, performance.now() - start - tasks),
        tasks,
        hits: Number(hits),
        total: Number(total),
      });
    });
  });
