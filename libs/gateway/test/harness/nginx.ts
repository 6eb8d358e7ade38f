/** Runs the gateway's command and configuration in a real nginx with the restrictions of its pod. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, fchownSync } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { configurationFolder, routesFolder } from '../../src/folders.ts';
import { nginxConf } from '../../src/nginx.ts';
import { startCommand, tokenVariable } from '../../src/start.ts';
import { exchange } from './client.ts';

/** The UID of the image; any other must work as well. */
const uid = 101;

const podScript = join(import.meta.dirname, 'pod.sh');

/** The token that clients must send. */
export const token = 'Token4Tests';

/** PATH with Debian's folder of nginx, which is not on a user's PATH. */
const path = [process.env['PATH'], '/usr/sbin', '/usr/local/sbin'].join(delimiter);

export interface Nginx {
  readonly port: number;
  /** Its output so far. */
  readonly output: (name: 'stdout' | 'stderr') => Promise<string>;
  readonly stop: () => Promise<void>;
}

const isExecutable = (file: string) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const has = (program: string) => path.split(delimiter).some((folder) => isExecutable(join(folder, program)));

const requirePrograms = () => {
  if (!has('nginx'))
    throw new Error('install nginx: apt-get install --no-install-recommends nginx (Debian) or dnf install nginx-core');
  if (!has('unshare') || !has('setpriv'))
    throw new Error('these tests need Linux with unshare and setpriv: apt-get install util-linux');
};

const freePort = async () => {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** What differs between the pods of tests. */
export interface Pod {
  /** Content of /etc/resolv.conf. */
  readonly resolvConf: string;
  /** Files in the folder of routes. */
  readonly routes: Readonly<Record<string, string>>;
  readonly token: string;
  /** Whether the node has IPv6, if this machine has it. */
  readonly ipv6: boolean;
}

/** The files in /etc. */
const etc = ({ resolvConf, routes }: Pod, port: number) => ({
  '/etc/resolv.conf': resolvConf,
  '/etc/passwd': `root:x:0:0::/:/bin/false\nnginx:x:${uid}:${uid}::/:/bin/false\n`,
  '/etc/group': `root:x:0:\nnginx:x:${uid}:\n`,
  [`${configurationFolder}/nginx.conf`]: nginxConf(port),
  ...Object.fromEntries(Object.entries(routes).map(([name, content]) => [`${routesFolder}/${name}`, content])),
});

const writeAll = async (folder: string, files: Readonly<Record<string, string>>) => {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
};

/** Opens a file for output, because nginx opens /dev/stdout by name, which fails with Node's socket. */
const openOutput = async (file: string, isRoot: boolean) => {
  const handle = await open(file, 'a');
  if (isRoot) fchownSync(handle.fd, uid, uid);
  return handle;
};

const spawnInPod = async (folder: string, port: number, pod: Pod): Promise<ChildProcess> => {
  const isRoot = process.getuid?.() === 0;
  const stdout = await openOutput(join(folder, 'stdout'), isRoot);
  const stderr = await openOutput(join(folder, 'stderr'), isRoot);
  const namespace = isRoot ? ['--mount'] : ['--user', '--map-root-user', '--mount'];
  const command = ['sh', '-c', startCommand(`${configurationFolder}/nginx.conf`, port)];
  const inPod = [podScript, folder, isRoot ? 'root' : 'user', String(uid), pod.ipv6 ? 'ipv6' : 'ipv4', ...command];
  const child = spawn('unshare', [...namespace, 'sh', ...inPod], {
    stdio: ['ignore', stdout.fd, stderr.fd],
    env: { PATH: path, [tokenVariable]: pod.token },
  });
  await once(child, 'spawn');
  await Promise.all([stdout.close(), stderr.close()]);
  return child;
};

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

const end = async (child: ChildProcess) => {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(force);
};

const answers = (port: number) =>
  exchange(port, { path: '/healthz' }).then(
    ({ status }) => status === 200,
    () => false,
  );

const untilReady = async (nginx: Nginx, child: ChildProcess) => {
  for (const deadline = Date.now() + 5000; Date.now() < deadline; await pause(20)) {
    if (hasEnded(child)) break;
    if (await answers(nginx.port)) return;
  }
  throw new Error(`nginx does not answer:\n${await nginx.output('stderr')}`);
};

/** Starts nginx and returns when it answers. */
export const startNginx = async (pod: Pod): Promise<Nginx> => {
  requirePrograms();
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'gateway-test-'));
  await writeAll(folder, etc(pod, port));
  await mkdir(join(folder, routesFolder), { recursive: true });
  const child = await spawnInPod(folder, port, pod);
  const nginx: Nginx = {
    port,
    output: (name) => readFile(join(folder, name), 'utf8'),
    stop: async () => {
      await end(child);
      await rm(folder, { recursive: true });
    },
  };
  try {
    await untilReady(nginx, child);
  } catch (error) {
    await nginx.stop();
    throw error;
  }
  return nginx;
};
