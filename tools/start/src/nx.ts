import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { repository } from '../../repository/src/repository.ts';

/** Result of one run of Nx, with times in milliseconds. */
export interface NxRun {
  readonly well: boolean;
  /** Start of Nx and computation of the project graph. */
  readonly graph: number;
  /** Cache look-ups, and running the tasks that are not in the cache. */
  readonly tasks: number;
  readonly hits: number;
  readonly total: number;
}

/** Leaves no daemon running. */
const environment = { ...process.env, NX_DAEMON: 'false' };

const duration = (text: string): number => {
  const [, written = ''] = /Run duration:(.*)/.exec(text) ?? [];
  const parts = [...written.matchAll(/([\d.]+)(ms|s|m)/g)];
  return parts.reduce(
    (sum, [, value, unit = 'ms']) => sum + Number(value) * ({ ms: 1, s: 1000, m: 60_000 }[unit] ?? 1),
    0,
  );
};

/** Nx prints a line for each finished task, and at the end the output of failed ones. */
const isProgress = (line: string): boolean => /^\s*(✔|✖)/.test(stripVTControlCharacters(line));

/** Nx repeats the command of a task around its output. */
const isFrame = (line: string): boolean =>
  /^(\r?|> node .*|> vitest .*|> .*\r|Warning: command ".*" exited .*)$/.test(line);

/**
 * What failed tasks printed, without what Nx adds. Each sentence about a file is there once, because several tasks may find
 * the same fault.
 */
export const outputOfFailed = (lines: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  let inside = false;
  return lines.filter((line) => {
    if (line.startsWith('> nx run ')) {
      inside = true;
      return false;
    }
    if (isProgress(line) || /^( NX |Task Execution Timings:)/.test(line)) inside = false;
    if (!inside || isFrame(line) || seen.has(line)) return false;
    if (/^\S+\/\S+: /.test(line)) seen.add(line);
    return true;
  });
};

/** Runs targets of all projects (`run-many`) or of changed ones (`affected`). Prints a line for each finished task. */
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
      for (const line of pieces) {
        if (isProgress(line)) console.error(line);
        lines.push(line);
      }
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', reject);
    child.on('close', (code) => {
      const text = lines.join('\n');
      if (code !== 0) {
        // Without a failed task, Nx itself says what is wrong.
        const failed = outputOfFailed(lines);
        console.error(`\n${(failed.length > 0 ? failed : lines).join('\n')}`);
      }
      const plain = stripVTControlCharacters(text);
      const [, hits = '0', total = '0'] = /Cache:\s+(\d+)\/(\d+)/.exec(plain) ?? [];
      const tasks = duration(plain);
      resolve({
        well: code === 0,
        graph: Math.max(0, performance.now() - start - tasks),
        tasks,
        hits: Number(hits),
        total: Number(total),
      });
    });
  });
