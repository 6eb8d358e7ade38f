/** The environment of the tests of pulling: a containerd in the node's namespaces, four registries, a proxy, empty settings. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { authority, serverCertificate } from '../src/kubernetes/certificates.ts';
import { buildPrograms, programsFolder } from '../src/kubernetes/go-tools.ts';
import { checkMachine } from '../src/kubernetes/machine.ts';
import * as modules from '../src/kubernetes/modules.ts';
import { containerdSocket, folders } from '../src/kubernetes/node/configuration.ts';
import { inNode, makeNamespaces, removeTraces } from '../src/kubernetes/node/namespaces.ts';
import { startContainerd } from '../src/kubernetes/node/node.ts';
import { endAll, started } from '../src/kubernetes/processes.ts';
import { node, state } from '../src/kubernetes/stage.ts';
import { startProxy, startRegistry, type Proxy, type Running, type Wishes } from './registry.ts';
import { startTokens, tokenSettings } from './tokens.ts';

/** A private registry's name: not on the loopback, and in no DNS. */
export const name = 'registry.example.com';

/** A user who may read from the locked registry. */
export const reader = { user: 'reader', password: 'let-me-in' };
/** bcrypt of the password, cost 5. */
const hash = '$2a$05$NCPIeGODV1CKNu7vd3XkDO6GnnFzwiHW0WXFy51PKXpArEL9v77yu';

/** The servers during all tests. */
export interface Scene {
  readonly folder: string;
  /** PID of the node's first process. */
  readonly first: number;
  /** Requires nothing. */
  readonly open: Running;
  /** Requires a password. */
  readonly locked: Running;
  /** Requires a token; all clients get one for `public/`, and the reader one for the rest. */
  readonly tokened: Running;
  /** Speaks TLS as `name`, with a CA of its own: `ca.crt` in the folder. */
  readonly secure: Running;
  /** Ends everything, in reverse order. */
  readonly end: () => Promise<void>;
}

const assertNoStage = (): void => {
  if (started(state).some(({ alive }) => alive) || existsSync(`/sys/class/net/${node.link}`))
    throw new Error('a stage is up already; npm run rehearsal -- down ends it');
};

const removeNode = async (): Promise<void> => {
  await endAll(state);
  await removeTraces();
  rmSync(state, { recursive: true, force: true });
};

const build = async (ending: (() => Promise<void> | void)[]): Promise<Omit<Scene, 'end'>> => {
  assertNoStage();
  checkMachine('node');
  const program = join(await buildPrograms(modules.registry), 'registry');
  await buildPrograms(modules.pull);
  await buildPrograms(modules.containerd);
  const folder = mkdtempSync(join(tmpdir(), 'pull-'));
  ending.push(() => rmSync(folder, { recursive: true, force: true }));
  // Left by a crashed stage.
  await removeNode();
  mkdirSync(join(state, 'logs'), { recursive: true });
  ending.push(removeNode);
  const first = await makeNamespaces(folders.volumes);
  await startContainerd(first);
  authority(folder);
  serverCertificate(folder, 'server', [name]);
  const passwords = join(folder, 'passwords');
  writeFileSync(passwords, `${reader.user}:${hash}\n`);
  const run = async (wishes: Wishes): Promise<Running> => {
    // One folder for all, so that the other registries have the images pushed to the open one.
    const registry = await startRegistry(program, join(folder, 'images'), wishes);
    ending.push(registry.stop);
    return registry;
  };
  const tokens = await startTokens(`${reader.user}:${reader.password}`);
  ending.push(tokens.stop);
  return {
    folder,
    first,
    open: await run({}),
    locked: await run({ auth: { htpasswd: { realm: 'test', path: passwords } } }),
    tokened: await run({ auth: tokenSettings(tokens, folder) }),
    secure: await run({ tls: { certificate: join(folder, 'server.crt'), key: join(folder, 'server.key') } }),
  };
};

/**
 * Starts everything that the tests share.
 * @throws Error when a stage is up, or the machine lacks something; then nothing is left
 */
export const makeScene = async (): Promise<Scene> => {
  const ending: (() => Promise<void> | void)[] = [];
  const end = async (): Promise<void> => {
    for (const one of ending.toReversed()) await one();
  };
  try {
    return { ...(await build(ending)), end };
  } catch (error) {
    await end();
    throw error;
  }
};

/** Calls the node's containerd. */
export const ctr = ({ first }: Scene, ...args: readonly string[]): string =>
  inNode(first, [
    join(programsFolder(modules.containerd), 'ctr'),
    ...['--address', containerdSocket, '--namespace', 'k8s.io', ...args],
  ]);

/** The environment of one test, and functions that change it. */
export interface Setting {
  /** Folder with a folder for each registry. */
  readonly hostFolders: string;
  readonly proxy: Proxy;
  /** Sets the mirrors of a registry, in containerd's format. */
  readonly hostsToml: (host: string, content: string) => void;
  /** Trusts the private CA for one registry. */
  readonly trust: (host: string) => void;
  /** Makes `name` lead to a registry, through the proxy only. */
  readonly useProxyFor: (registry: Running) => void;
  /** Writes Docker's config.json. */
  readonly dockerConfig: (content: string) => void;
}

const variables = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'REGISTRY_AUTH_FILE', 'SSL_CERT_FILE', 'XDG_RUNTIME_DIR'];

/** Clears the settings of this machine's environment, and starts a proxy that knows no name. */
export const makeSetting = async ({ folder }: Scene): Promise<Setting> => {
  const hostFolders = mkdtempSync(join(folder, 'certs.d-'));
  const docker = mkdtempSync(join(folder, 'docker-'));
  for (const variable of variables)
    for (const either of [variable, variable.toLowerCase()]) vi.stubEnv(either, undefined);
  vi.stubEnv('DOCKER_CONFIG', docker);
  vi.stubEnv('COST_ONPREM_CERTS_D', hostFolders);
  const known = new Map<string, string>();
  const proxy = await startProxy(known);
  const folderOf = (host: string): string => {
    mkdirSync(join(hostFolders, host), { recursive: true });
    return join(hostFolders, host);
  };
  return {
    hostFolders,
    proxy,
    hostsToml: (host, content) => writeFileSync(join(folderOf(host), 'hosts.toml'), content),
    trust: (host) => copyFileSync(join(folder, 'ca.crt'), join(folderOf(host), 'ca.crt')),
    useProxyFor: (registry) => {
      known.set(`${name}:443`, registry.address);
      vi.stubEnv('HTTPS_PROXY', `http://${proxy.address}`);
    },
    dockerConfig: (content) => writeFileSync(join(docker, 'config.json'), content),
  };
};
