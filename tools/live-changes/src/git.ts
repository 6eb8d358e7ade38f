/** Asks git for revisions, and for the folders from which clusters are rendered. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The error of a process that ran and failed. The `code` of one that did not start is not a number. */
interface Failure extends Error {
  readonly code: number;
  readonly stderr: string;
}

/** Whether a program ran and failed, in contrast to one that did not start. */
export const saidNo = (error: unknown): error is Failure =>
  error instanceof Error && typeof (error as Partial<Failure>).code === 'number';

const git = async (folder: string, ...words: readonly string[]): Promise<string> =>
  (await run('git', [...words], { cwd: folder, maxBuffer: 64 * 2 ** 20 })).stdout.trim();

/** Git's output, or undefined if git fails. */
const ask = async (folder: string, ...words: readonly string[]): Promise<string | undefined> => {
  try {
    return await git(folder, ...words);
  } catch (error) {
    if (saidNo(error)) return undefined;
    throw new Error(`git does not start: ${(error as Error).message}`, { cause: error });
  }
};

/**
 * The root of the repository that a folder belongs to.
 * @throws Error if the folder is in no repository
 */
export const rootOf = async (folder: string): Promise<string> => {
  const root = await ask(folder, 'rev-parse', '--show-toplevel');
  if (!root) throw new Error(`${folder} is not in a git repository, so there is no earlier revision to compare with`);
  return root;
};

const commitOf = (root: string, revision: string) =>
  ask(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);

/** A revision as the user names it, and its commit. */
export interface Base {
  readonly name: string;
  readonly commit: string;
}

/**
 * The revision to compare with.
 * @throws Error if git does not know it
 */
export const baseOf = async (root: string, name: string): Promise<Base> => {
  const commit = await commitOf(root, name);
  if (!commit) throw new Error(`git does not know the revision ${name}: fetch it, or name another with --base`);
  return { name, commit };
};

/**
 * The commit where HEAD left the main line, or HEAD itself on the main line.
 * @throws Error if the histories have no common ancestor, as in a shallow clone, because comparing with HEAD would hide
 *   changes
 */
export const defaultBase = async (root: string): Promise<Base> => {
  const lines = await Promise.all(
    ['origin/main', 'main'].map(async (line) => ((await commitOf(root, line)) ? [line] : [])),
  );
  const [line] = lines.flat();
  if (!line) return baseOf(root, 'HEAD');
  const commit = await ask(root, 'merge-base', 'HEAD', line);
  if (!commit)
    throw new Error(`HEAD and ${line} have no common ancestor: fetch more history, or name a revision with --base`);
  return commit === (await commitOf(root, 'HEAD')) ? { name: 'HEAD', commit } : { name: line, commit };
};

/** Whether any source file of a cluster differs between a commit and the working tree. */
export const changedSince = async (root: string, { commit }: Base): Promise<boolean> =>
  (await ask(root, 'diff', '--quiet', commit, '--', 'clusters', 'overlays', ':(glob)libs/*/base/**')) === undefined;

/** Calls `use` with a temporary folder that holds the clusters of a commit and their sources. */
export const withCheckout = async <T>(
  root: string,
  { commit }: Base,
  use: (folder: string) => Promise<T>,
): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'live-changes-'));
  try {
    const there = (await git(root, 'ls-tree', '--name-only', commit, '--', 'clusters', 'overlays', 'libs')).split('\n');
    const archive = join(folder, 'archive.tar');
    await git(root, 'archive', '--output', archive, commit, '--', ...there.filter((path) => path !== ''));
    await run('tar', ['-xf', archive, '-C', folder]);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
