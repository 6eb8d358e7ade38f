/** The requirements of a stage on the machine. The error for each names the remedy. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../../repository/src/repository.ts';
import type { StageName } from './stage.ts';

const path = `${process.env['PATH']}:/usr/sbin:/sbin`;

/** Debian's packages, by the program or file that they contain. */
const packages: Readonly<Record<StageName, Readonly<Record<string, string>>>> = {
  'control-plane': { 'redis-server': 'redis-server', openssl: 'openssl', git: 'git', go: 'golang' },
  node: {
    runc: 'runc',
    '/usr/lib/cni/ptp': 'containernetworking-plugins',
    nft: 'nftables',
    iptables: 'iptables',
    ipset: 'ipset',
    conntrack: 'conntrack',
    ip: 'iproute2',
    mmdebstrap: 'mmdebstrap',
    buildah: 'buildah',
    mvn: 'maven',
  },
};

const has = (needed: string): boolean => {
  if (needed.startsWith('/')) return existsSync(needed);
  try {
    execFileSync('sh', ['-c', `command -v ${needed}`], { stdio: 'ignore', env: { PATH: path } });
    return true;
  } catch {
    return false;
  }
};

const install = (names: readonly string[]): void => {
  console.error(`installing ${names.join(' ')} (once)`);
  // RUNLEVEL=1 keeps Debian from starting installed services.
  const script = `apt-get -qq update && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends ${names.join(' ')} >/dev/null`;
  execFileSync('sh', ['-c', script], { stdio: ['ignore', 'ignore', 'inherit'] });
};

const overlayMounts = (): boolean => {
  mkdirSync(cacheFolder, { recursive: true });
  const folder = mkdtempSync(join(cacheFolder, '.overlay-'));
  for (const name of ['lower', 'upper', 'work', 'merged']) mkdirSync(join(folder, name));
  const script = `mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged && umount merged`;
  try {
    execFileSync('sh', ['-c', script], { cwd: folder, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const makesNamespaces = (): boolean => {
  try {
    execFileSync('unshare', ['--mount', '--net', '--pid', '--ipc', '--uts', '--fork', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Why this machine cannot run containers, or nothing. */
const nodeRefusal = (): string | undefined => {
  if (process.getuid?.() !== 0) return 'the real node needs root: it creates namespaces, mounts and network rules';
  if (!makesNamespaces()) return 'the real node needs new namespaces, and the kernel refuses them (unshare)';
  if (!existsSync('/sys/fs/cgroup/cgroup.controllers') && !existsSync('/sys/fs/cgroup/memory/cgroup.procs'))
    return 'the real node needs the memory cgroup at /sys/fs/cgroup, which is not mounted';
  if (!overlayMounts())
    return `the real node needs overlayfs below ${cacheFolder}, and it cannot be mounted there; COST_ONPREM_CACHE names another folder`;
  return undefined;
};

/**
 * Checks the machine for a stage; as root on Debian it installs what is missing.
 * @throws Error with everything that is missing
 */
export const checkMachine = (stage: StageName): void => {
  if (process.platform !== 'linux') throw new Error(`a stage needs Linux; this is ${process.platform}`);
  const refusal = stage === 'node' ? nodeRefusal() : undefined;
  if (refusal) throw new Error(`${refusal}. The stage without containers runs here: --stage=control-plane`);
  const needed = { ...packages['control-plane'], ...(stage === 'node' ? packages.node : {}) };
  const missing = () => Object.entries(needed).filter(([program]) => !has(program));
  const installable = missing().filter(([program]) => program !== 'go');
  if (installable.length > 0 && process.getuid?.() === 0 && has('apt-get'))
    install(installable.map(([, name]) => name));
  const lacks = missing().map(
    ([program, name]) => `${program} is missing: install it (Debian: apt-get install ${name})`,
  );
  if (lacks.length > 0) throw new Error(lacks.join('\n'));
};
