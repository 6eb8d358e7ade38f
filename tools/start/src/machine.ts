/** What the tests need that npm does not install. */
import { existsSync } from 'node:fs';
import { succeeds } from './steps.ts';

const hasNginx = (): Promise<boolean> =>
  succeeds('sh', ['-c', 'PATH="$PATH:/usr/sbin" command -v nginx'], 'on failure');

const mayInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/**
 * Sees to it that nginx is there, for the gateway's tests run the real one. Installs Debian's where that is possible.
 * @returns whether it is there now
 */
export const prepareMachine = async (): Promise<boolean> => {
  if (await hasNginx()) return true;
  if (mayInstall()) {
    const install =
      'apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends nginx >/dev/null';
    return succeeds('sh', ['-c', install], 'on failure');
  }
  console.error('nginx is missing, and the tests of the gateway run it: install it (Debian: apt-get install nginx)');
  return false;
};
