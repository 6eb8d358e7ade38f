/** Python packages for programs on this machine. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../../repository/src/repository.ts';

/**
 * Installs pinned packages once for each state of their lists. The folder gets its name after the installation only.
 * @param name of the folder below the cache
 * @param requirements paths of requirements.txt files
 * @returns the folder, for PYTHONPATH
 * @throws Error with pip's output
 */
export const pythonPackages = (name: string, requirements: readonly string[]): string => {
  const installed = join(cacheFolder, 'rehearsal', name);
  const wanted = requirements.map((file) => readFileSync(file, 'utf8')).join('\n');
  const marker = join(installed, 'requirements.txt');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return installed;
  rmSync(installed, { recursive: true, force: true });
  mkdirSync(join(cacheFolder, 'rehearsal'), { recursive: true });
  const folder = mkdtempSync(`${installed}-`);
  const lists = requirements.flatMap((file) => ['--requirement', file]);
  execFileSync('python3', ['-m', 'pip', 'install', '--quiet', '--target', folder, ...lists], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  writeFileSync(join(folder, 'requirements.txt'), wanted);
  renameSync(folder, installed);
  return installed;
};
