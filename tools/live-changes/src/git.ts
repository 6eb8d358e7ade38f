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

const isShallow = async (root: string): Promise<boolean> =>
  (await ask(root, 'rev-parse', '--is-shallow-repository')) === 'true';

/** How to get what a comparison needs, as the end of a sentence. */
const remedy = async (root: string): Promise<string> =>
  (await isShallow(root))
    ? 'this clone is shallow: run git fetch --unshallow origin (in GitHub Actions: fetch-depth: 0), or name a revision with --base or NX_BASE'
    : 'run git fetch origin, or name a revision with --base or NX_BASE';

/**
 * The revision to compare with.
 * @throws Error if git does not know it
 */
export const baseOf = async (root: string, name: string): Promise<Base> => {
  const commit = await commitOf(root, name);
  if (!commit) throw new Error(`git does not know the revision ${name}; ${await remedy(root)}`);
  return { name, commit };
};

/** Names of the main line, in the order in which they count. The first is the default branch of the remote. */
const mainLines = ['origin/HEAD', 'origin/main', 'main'] as const;

const mainLineOf = async (root: string): Promise<string | undefined> => {
  const known = await Promise.all(mainLines.map(async (line) => ((await commitOf(root, line)) ? [line] : [])));
  const [line] = known.flat();
  return line === 'origin/HEAD' ? ask(root, 'rev-parse', '--abbrev-ref', line) : line;
};

const isFirstCommit = async (root: string): Promise<boolean> =>
  !(await isShallow(root)) && (await commitOf(root, 'HEAD^')) === undefined;

/**
 * The commit where HEAD left the main line. On the main line, and in the first commit of a repository, this is HEAD itself.
 * @throws Error if this clone lacks what decides it, because comparing with HEAD would then hide changes
 */
export const defaultBase = async (root: string): Promise<Base> => {
  const line = await mainLineOf(root);
  if (!line) {
    if (await isFirstCommit(root)) return baseOf(root, 'HEAD');
    throw new Error(
      `none of ${mainLines.join(', ')} exists, so there is nothing to compare with; ${await remedy(root)}`,
    );
  }
  const commit = await ask(root, 'merge-base', 'HEAD', line);
  if (!commit) throw new Error(`HEAD and ${line} have no common ancestor; ${await remedy(root)}`);
  if (commit !== (await commitOf(root, 'HEAD'))) return { name: line, commit };
  if (await isShallow(root)) throw new Error(`the commit before HEAD is missing; ${await remedy(root)}`);
  return { name: 'HEAD', commit };
};

/**
 * The revision to compare with, by name; without a name, the default.
 * @param name also what GitHub calls the commit before the first push of a branch: zeros, which are no revision
 */
export const chosenBase = (root: string, name: string | undefined): Promise<Base> =>
  name && !/^0+$/.test(name) ? baseOf(root, name) : defaultBase(root);

/** Source files of clusters that differ between a commit and the working tree, as paths of the repository. */
export const changedSince = async (root: string, { commit }: Base): Promise<readonly string[]> =>
  (await git(root, 'diff', '--name-only', '-z', commit, '--', 'clusters', 'overlays', ':(glob)libs/*/base/**'))
    .split('\0')
    .filter((path) => path !== '');

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
