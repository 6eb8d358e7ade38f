/** Requests to the gateway's Service, from where an ingress controller sends them. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { kokuGateway, kokuPrefix, namespace } from '@cost-onprem/contracts';
import type { Kubectl } from '../kubectl.ts';
import { client } from '../node/clients.ts';
import { enterNode, nodeProcess } from '../node/namespaces.ts';
import { containerProcesses, inPodNetwork } from '../node/pod-network.ts';

/** What came back, by method and status, or the error. */
export interface Traffic {
  readonly sent: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** An organisation's administrator, who needs no RBAC service (facts/koku.md, ENHANCED_ORG_ADMIN). */
const identity = Buffer.from(
  JSON.stringify({
    identity: {
      account_number: '10001',
      org_id: '1234567',
      type: 'User',
      user: { username: 'rehearsal', email: 'rehearsal@example.com', is_org_admin: true },
    },
    entitlements: { cost_management: { is_entitled: true } },
  }),
).toString('base64');

const serviceAddress = async (kubectl: Kubectl): Promise<string> =>
  (
    await kubectl.get<{ readonly spec: { readonly clusterIP: string } }>([
      ...['service', kokuGateway.http.workload, '-n', namespace],
    ])
  ).spec.clusterIP;

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
  const first = nodeProcess();
  const router = await client(kubectl, 'router');
  const url = `http://${await serviceAddress(kubectl)}:${kokuGateway.http.number}${kokuPrefix}/v1/`;
  const script = join(import.meta.dirname, '../node/traffic.ts');
  const command = [process.execPath, script, url, String(rate), identity, mark];
  const [program, ...args] = enterNode(first, inPodNetwork(containerProcesses(first), router, command));
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
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
