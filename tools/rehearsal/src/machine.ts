/** What a machine must have for a stage; each lack is a sentence that says what to do. */
import { execFileSync } from 'node:child_process';

/** Debian's packages, by the program that is needed from them. */
const packages = { 'redis-server': 'redis-server', openssl: 'openssl', git: 'git', go: 'golang' } as const;

const has = (program: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/**
 * Checks the machine; as root on Debian it installs what is missing.
 * @throws Error with everything that is missing
 */
export const checkMachine = (): void => {
  if (process.platform !== 'linux') throw new Error(`a stage needs Linux; this is ${process.platform}`);
  const missing = () => Object.entries(packages).filter(([program]) => !has(program));
  const installable = missing().filter(([program]) => program !== 'go');
  if (installable.length > 0 && process.getuid?.() === 0 && has('apt-get')) {
    const names = installable.map(([, name]) => name).join(' ');
    console.error(`installing ${names} (once)`);
    const script = `apt-get -qq update && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends ${names} >/dev/null`;
    execFileSync('sh', ['-c', script], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const lacks = missing().map(
    ([program, name]) => `${program} is missing: install it (Debian: apt-get install ${name})`,
  );
  if (lacks.length > 0) throw new Error(lacks.join('\n'));
};
