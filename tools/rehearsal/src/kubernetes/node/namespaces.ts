/** Kernel namespaces of the real node, and the few parts of it outside of them. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { logOf, note, start, started, until } from '../processes.ts';
import { node, ranges, state } from '../stage.ts';

const process1 = 'node';
const cgroups = '/sys/fs/cgroup';

/** Cgroup below which the kubelet puts every pod. */
export const cgroup = 'cost-onprem-rehearsal';

/** The kubelet sets these for the whole machine. They are restored when the node stops. */
const settings = ['kernel/panic', 'kernel/panic_on_oops', 'vm/overcommit_memory'].map((name) => `/proc/sys/${name}`);
const settingsFile = join(state, 'kernel-settings.json');

const ip = (...args: readonly string[]): void => {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
};

/** The command that runs another command inside the node. */
export const enterNode = (pid: number, command: readonly string[]): readonly [string, ...string[]] => [
  'nsenter',
  ...['--target', String(pid), '--mount', '--net', '--pid', '--ipc', '--uts', '--', ...command],
];

/** cgroup version 2 has one hierarchy; version 1 has one for each controller, and the node creates its cgroup in all. */
const isVersion2 = existsSync(join(cgroups, 'cgroup.controllers'));

const hierarchies = (): readonly string[] =>
  isVersion2
    ? [cgroups]
    : readdirSync(cgroups)
        .map((name) => join(cgroups, name))
        .filter((folder) => existsSync(join(folder, 'cgroup.procs')));

const makeCgroups = (): void => {
  if (isVersion2) writeFileSync(join(cgroups, 'cgroup.subtree_control'), '+cpu +cpuset +memory +pids');
  for (const hierarchy of hierarchies()) {
    const folder = join(hierarchy, cgroup);
    mkdirSync(folder, { recursive: true });
    // A new cpuset of version 1 has neither, and then accepts no process.
    for (const file of isVersion2 ? [] : ['cpuset.cpus', 'cpuset.mems'])
      if (existsSync(join(folder, file))) writeFileSync(join(folder, file), readFileSync(join(hierarchy, file)));
  }
};

const removeTree = (folder: string): void => {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeTree(join(folder, entry.name));
  rmdirSync(folder);
};

const removeCgroups = async (): Promise<void> => {
  const left = () =>
    hierarchies()
      .map((hierarchy) => join(hierarchy, cgroup))
      .filter((folder) => existsSync(folder));
  // Killed processes leave their cgroup a moment later.
  await until('the end of the node’s processes', 20, state, async () => {
    for (const folder of left()) removeTree(folder);
    return left().length === 0;
  });
};

/**
 * PID of the first process of the running node.
 * @throws Error when no node runs
 */
export const nodeProcess = (): number => {
  const first = started(state).find(({ name, alive }) => name === process1 && alive);
  if (!first) throw new Error('no real node is up');
  return first.pid;
};

/** Runs a program inside the node, and returns its output. */
export const inNode = (pid: number, command: readonly string[]): string => {
  const [program, ...args] = enterNode(pid, command);
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
};

/** Starts a process of the node in the background. */
export const startInNode = (
  pid: number,
  name: string,
  command: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): void => start(state, name, enterNode(pid, command), env);

/**
 * Creates the namespaces, and the link between this machine and them.
 * @param volumes folder for the node's volumes
 * @returns PID of their first process
 */
export const makeNamespaces = async (volumes: string): Promise<number> => {
  writeFileSync(settingsFile, JSON.stringify(settings.map((file) => [file, readFileSync(file, 'utf8').trim()])));
  mkdirSync(volumes, { recursive: true });
  makeCgroups();
  const ready = join(state, 'namespaces-ready');
  const log = openSync(logOf(state, process1), 'a');
  const script = join(import.meta.dirname, '../../../node/init.sh');
  const namespaces = ['--mount', '--net', '--pid', '--ipc', '--uts', '--fork', '--propagation', 'private'];
  const child = spawn('unshare', [...namespaces, script, node.name, ready, volumes], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
  await until('the start of the node’s namespaces', 10, state, async () => existsSync(ready));
  const first = Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim());
  note(state, process1, first);
  ip('link', 'add', node.link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(first));
  ip('address', 'add', `${node.machine}/30`, 'dev', node.link);
  ip('link', 'set', node.link, 'up');
  inNode(first, ['ip', 'address', 'add', `${node.address}/30`, 'dev', 'eth0']);
  inNode(first, ['ip', 'link', 'set', 'eth0', 'up']);
  inNode(first, ['ip', 'route', 'add', 'default', 'via', node.machine]);
  // The way back to pods that call the API server. The kernel removes the route with the link.
  ip('route', 'add', ranges.pods, 'via', node.address);
  return first;
};

/** Restores what the node changed outside of its namespaces, after its processes have ended. */
export const removeTraces = async (): Promise<void> => {
  if (!existsSync(settingsFile)) return;
  const isThere = () => existsSync(`/sys/class/net/${node.link}`);
  try {
    if (isThere()) ip('link', 'delete', node.link);
  } catch (error) {
    // The kernel removes it with the node's namespace, some time later.
    if (isThere()) throw error;
  }
  await removeCgroups();
  for (const [file, value] of JSON.parse(readFileSync(settingsFile, 'utf8')) as readonly (readonly [string, string])[])
    writeFileSync(file, value);
};
