/** Sends uploads, through the gateway from an ingress controller's place or straight to ingress from the gateway's. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ingress, kokuGateway, namespace } from '@cost-onprem/contracts';
import { uploadPath } from '../../../../smoke/src/index.ts';
import {
  containerProcesses,
  enterNode,
  inPodNetwork,
  nodeProcess,
  podOf,
  type Kubectl,
} from '../../kubernetes/index.ts';
import { hasObject, type Rehearsed } from '../check.ts';
import { fromRouter, gatewayAddress, identity, withToken } from '../gateway.ts';
import type { Answer, Task, Upload } from './task.ts';

/** Whether a cluster takes uploads. */
export const hasIngress = (rehearsed: Rehearsed): boolean => hasObject(rehearsed, 'Deployment', ingress.http.workload);

const program = join(import.meta.dirname, '../programs/upload.ts');

/** Where the client is: in front of the gateway, or at the gateway's place in front of ingress. */
export type Place = 'the gateway' | 'ingress';

interface Options {
  /** Default: all. */
  readonly atOnce?: number;
  /** Whether to send a refused upload again. */
  readonly again?: boolean;
  /** What the client talks to. Default: the gateway. */
  readonly to?: Place;
}

/** Uploads under way. */
export interface Sending {
  /** All answers so far. */
  readonly answers: readonly Answer[];
  /** Ends when the client has every answer. */
  readonly ended: Promise<readonly Answer[]>;
  /** Lets the client start no further upload. */
  readonly stop: () => void;
}

const serviceAddress = async (kubectl: Kubectl): Promise<string> => {
  const { spec } = await kubectl.get<{ readonly spec: { readonly clusterIP: string } }>([
    ...['service', ingress.http.workload, '-n', namespace],
  ]);
  return `http://${spec.clusterIP}:${ingress.http.number}`;
};

const atGateway = async (kubectl: Kubectl): Promise<readonly [string, ...string[]]> => {
  const first = nodeProcess();
  const gateway = await podOf(kubectl, kokuGateway.http.workload);
  return enterNode(first, inPodNetwork(containerProcesses(first), gateway, [process.execPath, program]));
};

/** Starts to send uploads. */
export const startUploads = async (
  kubectl: Kubectl,
  uploads: readonly Upload[],
  { atOnce = uploads.length, again = false, to = 'the gateway' }: Options = {},
): Promise<Sending> => {
  const [command, ...args] = to === 'ingress' ? await atGateway(kubectl) : await fromRouter(kubectl, program, []);
  const origin = to === 'ingress' ? await serviceAddress(kubectl) : await gatewayAddress(kubectl);
  const child = spawn(command, args, { env: await withToken(kubectl), stdio: ['pipe', 'pipe', 'inherit'] });
  const task: Task = { origin, path: uploadPath, identity, uploads, atOnce, again };
  child.stdin.write(`${JSON.stringify(task)}\n`);
  const answers: Answer[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => answers.push(JSON.parse(line) as Answer));
  const ended = new Promise<readonly Answer[]>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(answers) : reject(new Error(`the client ended with ${code}`))));
  });
  // Awaited later.
  ended.catch(() => undefined);
  return { answers, ended, stop: () => child.stdin.end() };
};

/** Sends uploads, and waits for all answers. @returns them in the order of the uploads */
export const sendUploads = async (
  kubectl: Kubectl,
  uploads: readonly Upload[],
  options: Options = {},
): Promise<readonly Answer[]> => {
  const sending = await startUploads(kubectl, uploads, options);
  const answers = await sending.ended;
  sending.stop();
  return uploads.flatMap(({ name }) => answers.find((answer) => answer.name === name) ?? []);
};

/** The names of accepted uploads, which are the keys of their objects. @throws Error for one without a name */
export const requestsOf = (answers: readonly Answer[]): readonly string[] =>
  answers
    .filter(({ status }) => status === 202)
    .map(({ name, text }) => {
      const { request_id: request } = JSON.parse(text) as { readonly request_id?: string };
      if (!request) throw new Error(`${name}: the answer names no request: ${text}`);
      return request;
    });

/** @throws Error where an answer is not 202 */
export const assertAccepted = (answers: readonly Answer[]): void => {
  const refused = answers.filter(({ status }) => status !== 202);
  if (refused.length > 0)
    throw new Error(refused.map(({ name, status, text }) => `${name}: ${status} ${text.trim()}`).join('; '));
};
