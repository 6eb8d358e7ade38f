/** Programs that the tests need and npm does not install. */
import { existsSync } from 'node:fs';
import { succeeds } from './steps.ts';

/**
 * Debian's package of each program that tests run: nginx for the gateway, openssl and Python for Secrets and certificates,
 * curl and wget for the steps that wait for a server over HTTP, Redis for the start of the cache.
 */
const packages = {
  curl: 'curl',
  nginx: 'nginx',
  openssl: 'openssl',
  python3: 'python3',
  'redis-check-aof': 'redis-tools',
  wget: 'wget',
} as const;

const isOnPath = (program: string): Promise<boolean> =>
  succeeds('sh', ['-c', `PATH="$PATH:/usr/sbin" command -v ${program}`], 'on failure');

const mayInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/**
 * Installs the missing programs of the tests from Debian, if this process may do that.
 * @returns whether all programs are there now
 */
export const prepareMachine = async (): Promise<boolean> => {
  const present = await Promise.all(Object.keys(packages).map(isOnPath));
  const missing = Object.values(packages).filter((_, index) => !present[index]);
  if (missing.length === 0) return true;
  const names = missing.join(' ');
  if (mayInstall()) {
    const install = `apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends ${names} >/dev/null`;
    return succeeds('sh', ['-c', install], 'on failure');
  }
  console.error(`${names}: missing; the tests need them: install them (Debian: apt-get install ${names})`);
  return false;
};
