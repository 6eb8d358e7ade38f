/**
 * Images that come from their registries.
 *
 * The real node has no network outside of this machine, but this machine reaches its containerd by a socket. So the program
 * that pulls stays outside of the node and uses this machine's network, names, proxy, certificates and credentials.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildPrograms, containerdSocket, modules } from '../kubernetes/index.ts';

const run = promisify(execFile);

/** Why an image was not pulled. */
export const refusals = ['unreachable', 'not-found', 'unauthorized', 'untrusted', 'other'] as const;
export type Refusal = (typeof refusals)[number];

/** The result for a reference: the digest that its registry has, or the reason and the remedy. */
export type Pulled = { readonly digest: string } | { readonly refusal: Refusal; readonly sentence: string };

/** One result of modules/pull, which documents the fields. */
type Result =
  { readonly digest: string } | { readonly kind: Refusal; readonly registry?: string; readonly reason: string };

/** Seconds for all images together: enough for 2 GB at 10 Mbit/s. */
const patience = 1800;

/** Folders with a folder for each registry, as in containerd and Docker. */
const usualHostFolders = ['/etc/containerd/certs.d', '/etc/docker/certs.d'];

/** Variables that name a file or a folder. The program would silently ignore a wrong path. */
const assertFilesExist = (): void => {
  for (const name of ['COST_ONPREM_CERTS_D', 'REGISTRY_AUTH_FILE', 'SSL_CERT_FILE']) {
    const path = process.env[name];
    if (path && !existsSync(path)) throw new Error(`${name}=${path}: is missing`);
  }
};

const hostFolders = (): readonly string[] => {
  const own = process.env['COST_ONPREM_CERTS_D'];
  return own ? [own] : usualHostFolders;
};

/** The failure, and what a person can do about it. */
const explain: Readonly<Record<Refusal, (registry: string, folder: string) => readonly [string, string]>> = {
  unreachable: (registry, folder) => [
    `${registry} cannot be reached`,
    `Check the network and HTTPS_PROXY, or name a mirror in ${folder}/hosts.toml`,
  ],
  'not-found': (registry) => [`${registry} does not have it, or not all of it`, 'Check the repository and the tag'],
  unauthorized: (registry) => [
    `${registry} refuses access`,
    `Give credentials: docker login ${registry}, podman login ${registry}, or a file that REGISTRY_AUTH_FILE names. Some registries say so too when the repository does not exist`,
  ],
  untrusted: (registry, folder) => [
    `the certificate of ${registry} is not trusted`,
    `Put its CA’s certificate into ${folder}/ca.crt, or into the file that SSL_CERT_FILE names`,
  ],
  other: () => ['', 'Check the reference, and what the registry has'],
};

const pulled = (reference: string, result: Result): Pulled => {
  if ('digest' in result) return { digest: result.digest };
  const { kind, registry = '', reason } = result;
  const [what, remedy] = explain[kind](registry, join(hostFolders()[0] ?? '', registry));
  const why = what ? `${what} (${reason})` : reason;
  return { refusal: kind, sentence: `${reference} cannot be pulled: ${why}. ${remedy}.` };
};

const ask = async (request: object): Promise<readonly Result[]> => {
  const program = join(await buildPrograms(modules.pull), 'pull');
  try {
    const running = run(program, [], { maxBuffer: 16 * 2 ** 20 });
    // When the program ends early, its own message gives the reason.
    running.child.stdin?.on('error', () => undefined);
    running.child.stdin?.end(JSON.stringify(request));
    return JSON.parse((await running).stdout) as readonly Result[];
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new Error(`no image can be pulled: ${stderr.trim() || String(error)}`, { cause: error });
  }
};

/**
 * Pulls images into the real node's containerd, with this machine's settings: HTTPS_PROXY and NO_PROXY, SSL_CERT_FILE, the
 * credentials of Docker and Podman, and the mirrors and certificates in /etc/containerd/certs.d and /etc/docker/certs.d (or
 * COST_ONPREM_CERTS_D). It uses plain HTTP only for the loopback, or where a hosts.toml has it.
 * @param first PID of the node's first process
 * @param references as manifests pin them, by tag or by digest
 * @returns the result for each; a refused one leaves nothing on the node
 * @throws Error when containerd does not answer, and when a variable names a missing file
 */
export const pullImages = async (
  first: number,
  references: readonly string[],
): Promise<ReadonlyMap<string, Pulled>> => {
  const once = [...new Set(references)];
  if (once.length === 0) return new Map();
  assertFilesExist();
  const results = await ask({
    // Seen through the first process, because /run is the node's own.
    socket: `/proc/${first}/root${containerdSocket}`,
    hostFolders: hostFolders(),
    seconds: patience,
    references: once,
  });
  return new Map(once.map((reference, index) => [reference, pulled(reference, results[index] as Result)]));
};
