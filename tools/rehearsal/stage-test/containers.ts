/** Runs stand-ins as a node runs the containers of a pod, but with runc only: no kubelet, no containerd, no network. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** An image's files and its configuration. */
export interface Unpacked {
  readonly rootFilesystem: string;
  readonly config: {
    readonly Env?: readonly string[];
    readonly Entrypoint?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
    readonly User?: string;
    readonly WorkingDir?: string;
  };
}

/** The settings of a container. Default: those of the image. */
export interface ContainerOptions {
  /** Replaces the image's entry point. */
  readonly command?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string>>;
  readonly user?: { readonly uid: number; readonly gid: number; readonly groups: readonly number[] };
  readonly mounts?: readonly { readonly from: string; readonly to: string; readonly readOnly: boolean }[];
  /** Default: a writable copy of the image's files. */
  readonly readOnlyRoot?: boolean;
  /** Memory limit in bytes. */
  readonly memory?: number | undefined;
  /** PID of a process whose namespaces the container joins, and which of them. */
  readonly shared?: { readonly pid: number; readonly namespaces: readonly ('network' | 'pid' | 'ipc')[] };
}

/** A started container. */
export interface Container {
  /** PID of its first process on this machine. */
  readonly pid: number;
  /** Exit status; 128 and more for a signal. */
  readonly ended: Promise<number>;
  /** Runs a command in it, as a probe does. @returns its output, trimmed @throws Error when it fails */
  readonly exec: (...command: readonly string[]) => Promise<string>;
  /** Its output so far. */
  readonly log: () => string;
  readonly signal: (name: 'TERM' | 'INT' | 'KILL') => Promise<void>;
}

/** Removes files that an upper layer deletes (OCI image specification, Image Layer, "Whiteouts"). */
const applyWhiteouts = (layer: string, rootFilesystem: string): void => {
  const names = execFileSync('tar', ['-tf', layer], { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 }).split('\n');
  for (const name of names)
    if (/(?:^|\/)[.]wh[.](?![.]wh[.])/.test(name))
      rmSync(join(rootFilesystem, name.replace(/[.]wh[.]([^/]*)$/, '$1')), { recursive: true, force: true });
};

/**
 * Unpacks an image file in Docker's format.
 * @param folder that the function creates
 */
export const unpack = (archive: string, folder: string): Unpacked => {
  const [layers, rootFilesystem] = [join(folder, 'layers'), join(folder, 'root')];
  for (const made of [layers, rootFilesystem]) mkdirSync(made, { recursive: true });
  execFileSync('tar', ['-xf', archive, '-C', layers]);
  const read = <Content>(file: string): Content => JSON.parse(readFileSync(join(layers, file), 'utf8')) as Content;
  const [manifest] = read<readonly { readonly Config: string; readonly Layers: readonly string[] }[]>('manifest.json');
  if (!manifest) throw new Error(`${archive}: holds no image`);
  for (const layer of manifest.Layers) {
    applyWhiteouts(join(layers, layer), rootFilesystem);
    execFileSync('tar', ['-xf', join(layers, layer), '-C', rootFilesystem, '--exclude=.wh.*', '--numeric-owner']);
  }
  const { config } = read<{ readonly config: Unpacked['config'] }>(manifest.Config);
  rmSync(layers, { recursive: true });
  return { rootFilesystem, config };
};

const imageUser = (user: string): NonNullable<ContainerOptions['user']> => {
  const [uid = '0', gid = uid] = user.split(':');
  if (!/^\d+$/.test(`${uid}${gid}`)) throw new Error(`the image’s user is ${user}: give the container a UID and a GID`);
  return { uid: Number(uid), gid: Number(gid), groups: [] };
};

/** The capabilities of root that entry points need, of those that containerd gives; other users get none. */
const rootMay = ['CAP_CHOWN', 'CAP_DAC_OVERRIDE', 'CAP_FOWNER', 'CAP_NET_BIND_SERVICE', 'CAP_SETGID', 'CAP_SETUID'];

const mount = (destination: string, type: string, options: readonly string[]) => ({
  destination,
  type,
  source: type,
  options: ['nosuid', ...options],
});

/** The runtime configuration: much of containerd's default. */
const specification = (name: string, { rootFilesystem, config }: Unpacked, options: ContainerOptions): object => {
  const { uid, gid, groups } = options.user ?? imageUser(config.User || '0');
  const { shared } = options;
  const namespace = (type: 'network' | 'pid' | 'ipc' | 'mount' | 'uts') =>
    shared && (shared.namespaces as readonly string[]).includes(type)
      ? { type, path: `/proc/${shared.pid}/ns/${type === 'network' ? 'net' : type}` }
      : { type };
  const variables = Object.entries(options.env ?? {}).map(([key, value]) => `${key}=${value}`);
  return {
    ociVersion: '1.0.2',
    hostname: name,
    process: {
      user: { uid, gid, additionalGids: groups },
      args: options.command ?? [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])],
      env: [...(config.Env ?? []), ...variables],
      cwd: config.WorkingDir || '/',
      capabilities: uid === 0 ? { bounding: rootMay, effective: rootMay, permitted: rootMay } : {},
      noNewPrivileges: true,
    },
    root: { path: rootFilesystem, readonly: options.readOnlyRoot ?? false },
    mounts: [
      mount('/proc', 'proc', ['noexec', 'nodev']),
      mount('/dev', 'tmpfs', ['strictatime', 'mode=755', 'size=65536k']),
      mount('/dev/shm', 'tmpfs', ['noexec', 'nodev', 'mode=1777', 'size=65536k']),
      mount('/sys', 'sysfs', ['noexec', 'nodev', 'ro']),
      mount('/sys/fs/cgroup', 'cgroup', ['noexec', 'nodev', 'ro']),
      ...(options.mounts ?? []).map(({ from, to, readOnly }) => ({
        destination: to,
        type: 'bind',
        source: from,
        options: ['rbind', readOnly ? 'ro' : 'rw'],
      })),
    ],
    linux: {
      cgroupsPath: `/stand-in-${process.pid}-${name}`,
      namespaces: (['network', 'pid', 'ipc', 'mount', 'uts'] as const).map(namespace),
      resources: {
        devices: [{ allow: false, access: 'rwm' }],
        ...(options.memory === undefined ? {} : { memory: { limit: options.memory } }),
      },
    },
  };
};

/** Starts containers, and ends them afterwards. */
export interface Runtime {
  /** A temporary folder. */
  readonly folder: string;
  /** @param name of the container, and its host name */
  readonly start: (name: string, image: Unpacked, options?: ContainerOptions) => Promise<Container>;
  readonly end: () => Promise<void>;
}

/** Creates an environment for containers. */
export const makeRuntime = (): Runtime => {
  const folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
  const runc = (...args: readonly string[]) => ['--root', join(folder, 'runc'), ...args];
  const running = new Set<Container>();
  let count = 0;
  return {
    folder,
    start: async (name, image, options = {}) => {
      count += 1;
      const id = `${name}-${count}`;
      const bundle = join(folder, id);
      const [pidFile, logFile] = [join(bundle, 'pid'), join(bundle, 'log')];
      mkdirSync(bundle);
      const own = options.readOnlyRoot ? image : { ...image, rootFilesystem: join(bundle, 'root') };
      if (own !== image) await run('cp', ['-a', '--reflink=auto', image.rootFilesystem, own.rootFilesystem]);
      writeFileSync(join(bundle, 'config.json'), JSON.stringify(specification(name, own, options)));
      const output = openSync(logFile, 'a');
      const child = spawn('runc', runc('run', '--bundle', bundle, '--pid-file', pidFile, id), {
        stdio: ['ignore', output, output],
      });
      const log = () => readFileSync(logFile, 'utf8');
      const ended = new Promise<number>((resolve) => {
        child.on('error', (error) => {
          appendFileSync(logFile, error.message);
          resolve(127);
        });
        child.on('exit', (status) => resolve(status ?? -1));
      });
      // A container may have ended already; then the file exists as well.
      while (!existsSync(pidFile) && child.exitCode === null) await sleep(20);
      if (!existsSync(pidFile)) throw new Error(`${id} does not start: ${log()}`);
      const container: Container = {
        pid: Number(readFileSync(pidFile, 'utf8')),
        ended,
        log,
        exec: async (...command) => (await run('runc', runc('exec', id, ...command))).stdout.trim(),
        signal: async (signal) => {
          await run('runc', runc('kill', id, signal));
        },
      };
      running.add(container);
      void ended.then(() => running.delete(container));
      return container;
    },
    end: async () => {
      for (const container of running) {
        await container.signal('KILL').catch(() => undefined);
        await container.ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/**
 * Waits until a condition holds without an error.
 * @param seconds limit
 * @throws Error with the container's log
 */
export const eventually = async (
  what: string,
  container: Container,
  check: () => Promise<boolean>,
  seconds = 40,
): Promise<void> => {
  const deadline = performance.now() + seconds * 1000;
  while (!(await check().catch(() => false))) {
    if (performance.now() > deadline)
      throw new Error(`${what} did not happen in ${seconds} s; the container printed:\n${container.log()}`);
    await sleep(100);
  }
};
