/** The gateway, used as an ingress controller does: the checks ask the applications through it. */
import { execFile } from 'node:child_process';
import { resolve as pathOf } from 'node:path';
import { gatewayToken, kokuGateway, kokuPrefix, namespace } from '@cost-onprem/contracts';
import { identityOf, NoAnswer, secondsToWait, type Ask } from '../../../smoke/src/index.ts';
import { containerProcesses, enterNode, inPodNetwork, nodeProcess, type Kubectl } from '../kubernetes/index.ts';
import { client } from './clients.ts';

/** The organisation of all rehearsals. */
export const organisation = { account: '10001', id: '1234567' } as const;

/** The identity of all rehearsals. */
export const identity = identityOf(organisation, 'rehearsal');

/** Address of the gateway's Service. */
export const gatewayAddress = async (kubectl: Kubectl): Promise<string> => {
  const { spec } = await kubectl.get<{ readonly spec: { readonly clusterIP: string } }>([
    ...['service', kokuGateway.http.workload, '-n', namespace],
  ]);
  return `http://${spec.clusterIP}:${kokuGateway.http.number}`;
};

/** Address of Koku's API behind the gateway's Service. */
export const apiAddress = async (kubectl: Kubectl): Promise<string> =>
  `${await gatewayAddress(kubectl)}${kokuPrefix}/v1/`;

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

/**
 * The command that runs a script at an ingress controller's place in the network.
 * @param script in `programs/`, or the absolute path of an application's own
 */
export const fromRouter = async (
  kubectl: Kubectl,
  script: string,
  args: readonly string[],
): Promise<readonly [string, ...string[]]> => {
  const first = nodeProcess();
  const router = await client(kubectl, 'router');
  const command = [process.execPath, pathOf(import.meta.dirname, 'programs', script), ...args];
  return enterNode(first, inPodNetwork(containerProcesses(first), router, command));
};

/**
 * Sends requests to the gateway, as a router does.
 * @returns a function that throws NoAnswer when a connection breaks
 */
export const throughGateway =
  (kubectl: Kubectl): Ask =>
  async ({ method, path, headers = {}, body }) => {
    const [program, ...args] = await fromRouter(kubectl, 'ask.ts', []);
    const env = await withToken(kubectl);
    const question = {
      url: `${await gatewayAddress(kubectl)}${path}`,
      method,
      headers: { ...headers, 'x-rh-identity': identity },
      ...(body && { body: Buffer.from(body).toString('base64') }),
    };
    const out = await new Promise<string>((resolve, reject) => {
      const child = execFile(program, args, { env, maxBuffer: 2 ** 26 }, (error, stdout) =>
        error
          ? reject(new NoAnswer(`the gateway gives no answer: ${error.message.slice(-500)}`, true, error))
          : resolve(stdout),
      );
      child.stdin?.end(JSON.stringify(question));
    });
    const { status, text, retryAfter } = JSON.parse(out) as { status: number; text: string; retryAfter: string | null };
    const wait = secondsToWait(retryAfter);
    return { status, text, ...(wait !== undefined && { retryAfter: wait }) };
  };
