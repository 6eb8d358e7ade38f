/** What git knows: revisions, and the folders that a cluster is rendered from. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a process that ran and failed leaves behind; one that could not be started has no number. */
interface Failure extends Error {
  readonly code: number;
  readonly stderr: string;
}

/** Whether a program ran and said no, in contrast to one that is not there. */
export const saidNo = (error: unknown): error is Failure =>
  error instanceof Error && typeof (error as Partial<Failure>).code === 'number';

const git = async (folder: string, ...words: readonly string[]): Promise<string> =>
  (await run('git', [...words], { cwd: folder, maxBuffer: 64 * 2 ** 20 })).stdout.trim();

/** The answer, or undefined where git says no. */
const ask = async (folder: string, ...words: readonly string[]): Promise<string | undefined> => {
  try {
    return await git(folder, ...words);
  } catch (error) {
    if (saidNo(error)) return undefined;
    throw new Error(`git does not start: ${(error as Error).message}`, { cause: error });
  }
};

/**
 * The repository that a folder belongs to.
 * @throws Error outside of any
 */
export const rootOf = async (folder: string): Promise<string> => {
  const root = await ask(folder, 'rev-parse', '--show-toplevel');
  if (!root) throw new Error(`${folder} is in no git repository, so there is nothing to compare with`);
  return root;
};

const commitOf = (root: string, revision: string) =>
  ask(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);

/** What a person calls a revision, and the commit that it means now. */
export interface Base {
  readonly name: string;
  readonly commit: string;
}

/**
 * The revision that is compared with.
 * @throws Error for one that git does not know
 */
export const baseOf = async (root: string, name: string): Promise<Base> => {
  const commit = await commitOf(root, name);
  if (!commit) throw new Error(`git knows no revision ${name}: fetch it, or name another with --base`);
  return { name, commit };
};

/**
 * Where this work left the main line, or HEAD on the main line itself.
 * @throws Error where the histories have nothing in common, as in a shallow clone: comparing with HEAD would hide that
 */
export const defaultBase = async (root: string): Promise<Base> => {
  const lines = await Promise.all(
    ['origin/main', 'main'].map(async (line) => ((await commitOf(root, line)) ? [line] : [])),
  );
  const [line] = lines.flat();
  if (!line) return baseOf(root, 'HEAD');
  const commit = await ask(root, 'merge-base', 'HEAD', line);
  if (!commit) throw new Error(`HEAD and ${line} have no common ancestor: fetch more history, or name one with --base`);
  return commit === (await commitOf(root, 'HEAD')) ? { name: 'HEAD', commit } : { name: line, commit };
};

/** Whether anything that a cluster is rendered from differs between a commit and the working tree. */
export const changedSince = async (root: string, { commit }: Base): Promise<boolean> =>
  (await ask(root, 'diff', '--quiet', commit, '--', 'clusters', 'overlays', ':(glob)libs/*/base/**')) === undefined;

/** Gives a temporary folder that holds the clusters of a commit and what they are rendered from. */
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
