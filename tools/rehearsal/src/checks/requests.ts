/** Requests to the gateway's Service, from where an ingress controller sends them. */
import { spawn } from 'node:child_process';
import { apiAddress, fromRouter, identity, withToken } from './gateway.ts';
import type { Kubectl } from '../kubernetes/index.ts';

/** What came back, by method and status, or the error. */
export interface Traffic {
  readonly sent: number;
  readonly counts: Readonly<Record<string, number>>;
}

/**
 * Sends requests at a steady rate, reads and writes in turn, while something else happens.
 * @param rate requests a second
 * @param mark that the access logs show as user agent
 */
export const trafficDuring = async (
  kubectl: Kubectl,
  rate: number,
  mark: string,
  work: () => Promise<void>,
): Promise<Traffic> => {
  const args = [await apiAddress(kubectl), String(rate), identity, mark];
  const [program, ...rest] = await fromRouter(kubectl, 'traffic.ts', args);
  const child = spawn(program, rest, {
    env: await withToken(kubectl),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  const ended = new Promise((resolve) => child.on('close', resolve));
  try {
    await work();
  } finally {
    child.stdin.end();
    await ended;
  }
  return JSON.parse(out) as Traffic;
};

/** Answers of the application; anything else, or no answer, is a request that was dropped. */
const answers = new Set(['GET 200', 'POST 400']);

/**
 * Asks for every request to have been answered by the application.
 * @throws Error with what came back
 */
export const assertNoneDropped = ({ sent, counts }: Traffic): void => {
  const dropped = Object.entries(counts).filter(([what]) => !answers.has(what));
  const answered = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (dropped.length > 0 || answered !== sent)
    throw new Error(
      `of ${sent} requests: ${Object.entries(counts)
        .map(([what, count]) => `${what}: ${count}`)
        .join(', ')}`,
    );
};
