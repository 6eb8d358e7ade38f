/** Requests to the gateway's Service, sent from an ingress controller's place in the network. */
import { spawn } from 'node:child_process';
import { apiAddress, fromRouter, identity, withToken } from './gateway.ts';
import type { Kubectl } from '../kubernetes/index.ts';

/** The answers, counted by method and status or error. */
export interface Traffic {
  readonly sent: number;
  readonly counts: Readonly<Record<string, number>>;
}

/**
 * Sends requests at a steady rate, reads and writes in turn, while something else happens.
 * @param rate requests a second
 * @param mark user agent of the requests in the access logs
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

/** Answers of the application. Any other answer, or none, is a dropped request. */
const answers = new Set(['GET 200', 'POST 400']);

/**
 * Checks that the application answered every request.
 * @throws Error with the answers
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
