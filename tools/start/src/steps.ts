/** Runs the steps of a command one after the other, prints a line for each, and measures their times. */
import { spawn } from 'node:child_process';
import { repository } from '../../repository/src/repository.ts';

/** One step, with its time in milliseconds. */
export interface Step {
  readonly title: string;
  readonly milliseconds: number;
}

const timed = async (title: string, work: () => Promise<boolean>): Promise<Step & { readonly well: boolean }> => {
  const start = performance.now();
  const well = await work();
  return { title, well, milliseconds: performance.now() - start };
};

/** Whether a program exited with 0. Shows its output always, or only if it failed. */
export const succeeds = (command: string, args: readonly string[], show: 'always' | 'on failure'): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: repository, stdio: show === 'always' ? 'inherit' : 'pipe' });
    const parts: Buffer[] = [];
    child.stdout?.on('data', (part: Buffer) => parts.push(part));
    child.stderr?.on('data', (part: Buffer) => parts.push(part));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) process.stderr.write(Buffer.concat(parts));
      resolve(code === 0);
    });
  });

/**
 * Runs steps in order and stops at the first failure.
 * @returns the times of the steps, or undefined if one failed
 */
export const runSteps = async (
  steps: readonly (readonly [title: string, work: () => Promise<boolean>])[],
): Promise<readonly Step[] | undefined> => {
  const done: Step[] = [];
  for (const [title, work] of steps) {
    process.stderr.write(`${title} …\n`);
    const { well, ...step } = await timed(title, work);
    if (!well) {
      process.stderr.write(`${title}: failed\n`);
      return undefined;
    }
    done.push(step);
  }
  return done;
};

/** Seconds with one decimal. */
export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
