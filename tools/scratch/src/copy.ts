/** Copies this repository for tests and benchmarks. The copies link to the installed packages of the original. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeExamples } from './examples.ts';
import { repository } from '../../repository/src/repository.ts';

/** Folders that a copy leaves out, because they are generated, large, or a fork's own. */
const left = new Set(['.git', '.nx', '.cache', 'clusters', 'dist', 'node_modules']);

/** Packages of this repository: in a copy, these link to the copy. */
const own = new Set(['@cost-onprem', 'tools-binaries']);

const link = (target: string, path: string): void => {
  if (existsSync(target)) symlinkSync(target, path);
};

/**
 * Copies the repository into a temporary folder, with the examples as its only clusters.
 * @returns the folder, and a function that removes it
 */
export const copyRepository = (purpose: string): { readonly root: string; readonly remove: () => void } => {
  const root = mkdtempSync(join(tmpdir(), `${purpose}-`));
  for (const entry of readdirSync(repository).filter((name) => !left.has(name))) {
    cpSync(join(repository, entry), join(root, entry), { recursive: true });
  }
  writeExamples(root);
  for (const file of readdirSync(join(repository, 'clusters'), { withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  ))
    cpSync(join(repository, 'clusters', file.name), join(root, 'clusters', file.name));
  const packages = join(root, 'node_modules');
  mkdirSync(join(packages, '@cost-onprem'), { recursive: true });
  for (const entry of readdirSync(join(repository, 'node_modules')).filter((name) => !own.has(name))) {
    link(join(repository, 'node_modules', entry), join(packages, entry));
  }
  for (const library of ['kit', 'contracts', 'profiles'])
    link(join(root, 'libs', library), join(packages, '@cost-onprem', library));
  link(join(root, 'generators'), join(packages, '@cost-onprem/generators'));
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
};

/** Environment for programs in a copy: Nx starts no daemon, and all copies share one cache of built tools. */
export const copyEnvironment = {
  ...process.env,
  NX_DAEMON: 'false',
  COST_ONPREM_CACHE: process.env['COST_ONPREM_CACHE'] ?? join(repository, '.cache'),
};
