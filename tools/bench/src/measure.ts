import { spawn } from 'node:child_process';
import { copyEnvironment, copyRepository } from '../../scratch/src/copy.ts';
import { makeFleet } from './fleet.ts';

/** Times of one fleet in milliseconds: first with an empty cache, then with a full one. */
export interface FleetTime {
  readonly size: number;
  readonly cold: number;
  readonly cached: number;
}

const timed = async (work: () => Promise<void>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const buildAndValidate = (root: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn('nx', ['run-many', '--targets=build,validate', '--outputStyle=stream'], {
      cwd: root,
      env: copyEnvironment,
    });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.stderr.on('data', (part: Buffer) => parts.push(part));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`nx failed:\n${Buffer.concat(parts).toString().slice(-4000)}`)),
    );
  });

/** Generates, renders and validates a fleet of this size twice in a temporary copy. */
export const measureFleet = async (size: number): Promise<FleetTime> => {
  const { root, remove } = copyRepository('bench');
  try {
    makeFleet(root, size);
    const cold = await timed(() => buildAndValidate(root));
    const cached = await timed(() => buildAndValidate(root));
    return { size, cold, cached };
  } finally {
    remove();
  }
};
