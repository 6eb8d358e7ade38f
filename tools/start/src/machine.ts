/** What the tests need that npm does not install. */
import { existsSync } from 'node:fs';
import { succeeds } from './steps.ts';

/** Debian's package of each program that tests run: the gateway's server, and what makes Secrets and certificates. */
const packages = { nginx: 'nginx', openssl: 'openssl', python3: 'python3' } as const;

const isThere = (program: string): Promise<boolean> =>
  succeeds('sh', ['-c', `PATH="$PATH:/usr/sbin" command -v ${program}`], 'on failure');

const mayInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/**
 * Sees to it that the programs which tests run are there. Installs Debian's where that is possible.
 * @returns whether they are there now
 */
export const prepareMachine = async (): Promise<boolean> => {
  const present = await Promise.all(Object.keys(packages).map(isThere));
  const missing = Object.values(packages).filter((_, index) => !present[index]);
  if (missing.length === 0) return true;
  const names = missing.join(' ');
  if (mayInstall()) {
    const install = `apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends ${names} >/dev/null`;
    return succeeds('sh', ['-c', install], 'on failure');
  }
  console.error(`${names}: missing, and the tests run them: install them (Debian: apt-get install ${names})`);
  return false;
};
