/** The gateway, used as an ingress controller does: the checks ask Koku through it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { gatewayToken, kokuGateway, kokuPrefix, namespace } from '@cost-onprem/contracts';
import { containerProcesses, enterNode, inPodNetwork, nodeProcess, type Kubectl } from '../kubernetes/index.ts';
import { client } from './clients.ts';

/** The organisation of all rehearsals. */
export const organisation = { account: '10001', id: '1234567' } as const;

/** An administrator needs no RBAC service (tools/documentation/facts/koku.md#organisation-administrators). */
export const identity = Buffer.from(
  JSON.stringify({
    identity: {
      account_number: organisation.account,
      org_id: organisation.id,
      type: 'User',
      user: { username: 'rehearsal', email: 'rehearsal@example.com', is_org_admin: true },
    },
    entitlements: { cost_management: { is_entitled: true } },
  }),
).toString('base64');

/** Address of Koku's API behind the gateway's Service. */
export const apiAddress = async (kubectl: Kubectl): Promise<string> => {
  const { spec } = await kubectl.get<{ readonly spec: { readonly clusterIP: string } }>([
    ...['service', kokuGateway.http.workload, '-n', namespace],
  ]);
  return `http://${spec.clusterIP}:${kokuGateway.http.number}${kokuPrefix}/v1/`;
};

/** The token that the gateway requires, as a variable of its clients. */
export const withToken = async (kubectl: Kubectl): Promise<NodeJS.ProcessEnv> => {
  const { name } = gatewayToken;
  const { data } = await kubectl.get<{ readonly data: Readonly<Record<string, string>> }>([
    'secret',
    name,
    '-n',
    namespace,
  ]);
  return { ...process.env, GATEWAY_TOKEN: Buffer.from(data[gatewayToken.keys.token.key] ?? '', 'base64').toString() };
};

/** The command that runs a script of `programs/` at an ingress controller's place in the network. */
export const fromRouter = async (
  kubectl: Kubectl,
  script: string,
  args: readonly string[],
): Promise<readonly [string, ...string[]]> => {
  const first = nodeProcess();
  const router = await client(kubectl, 'router');
  const command = [process.execPath, join(import.meta.dirname, 'programs', script), ...args];
  return enterNode(first, inPodNetwork(containerProcesses(first), router, command));
};

/** The answer. */
export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

/**
 * Asks Koku's API through the gateway.
 * @param path below `/api/cost-management/v1/`
 * @throws Error without an answer in JSON
 */
export const askKoku = async <Body>(
  kubectl: Kubectl,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<Answer<Body>> => {
  const [program, ...args] = await fromRouter(kubectl, 'ask.ts', [
    `${await apiAddress(kubectl)}${path}`,
    method,
    identity,
  ]);
  const env = await withToken(kubectl);
  const out = await new Promise<string>((resolve, reject) => {
    const child = execFile(program, args, { env, maxBuffer: 2 ** 26 }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
    child.stdin?.end(body ? JSON.stringify(body) : '');
  });
  const { status, text } = JSON.parse(out) as { status: number; text: string };
  try {
    return { status, body: (text === '' ? undefined : JSON.parse(text)) as Body };
  } catch {
    throw new Error(`${method} ${path}: ${status}: ${text.slice(0, 300)}`);
  }
};
