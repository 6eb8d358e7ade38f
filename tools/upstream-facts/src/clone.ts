/** Reads a commit of a clone, which may be bare, and writes nothing to it. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { SourceFile } from './source.ts';
import type { Upstream } from './upstreams.ts';

/** A commit and its files. */
export interface Snapshot {
  readonly commit: string;
  readonly date: string;
  readonly files: readonly SourceFile[];
}

/** The environment without git's variables, because in a hook they name the hook's repository. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));

const git = (clone: string, words: readonly string[], input = ''): Buffer =>
  execFileSync('git', ['-C', clone, ...words], {
    env: environment,
    input,
    maxBuffer: 2 ** 29,
    stdio: ['pipe', 'pipe', 'pipe'],
  });

/** Git's output, or undefined if git fails. */
const ask = (clone: string, ...words: readonly string[]): string | undefined => {
  try {
    return git(clone, words).toString().trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Error('git is not on PATH', { cause: error });
    return undefined;
  }
};

interface Entry {
  readonly object: string;
  readonly path: string;
}

const entriesOf = (clone: string, commit: string): readonly Entry[] =>
  git(clone, ['ls-tree', '-r', '-z', '--full-tree', commit])
    .toString()
    .split('\0')
    .flatMap((line) => {
      const [, object = '', path = ''] = /^\d+ blob (\w+)\t(.*)$/s.exec(line) ?? [];
      return path ? [{ object, path }] : [];
    });

/** Reads all objects in one call, because one call per object takes a hundred times as long. */
const contentsOf = (clone: string, entries: readonly Entry[], { repository }: Upstream): readonly SourceFile[] => {
  const answer = git(clone, ['cat-file', '--batch'], entries.map(({ object }) => `${object}\n`).join(''));
  let position = 0;
  return entries.map(({ path }) => {
    const end = answer.indexOf('\n', position);
    const [, size] = / blob (\d+)$/.exec(answer.toString('utf8', position, end)) ?? [];
    if (size === undefined) throw new Error(`${clone}: lacks ${path}; make a complete clone of ${repository}`);
    const start = end + 1;
    position = start + Number(size) + 1;
    return { path, text: answer.toString('utf8', start, position - 1) };
  });
};

/**
 * Reads a project at a commit.
 * @param clone path of a clone or of a bare repository
 * @param revision a revision that git can resolve to a commit
 * @throws Error if the path is not a repository of this project or lacks the commit
 */
export const snapshotOf = (upstream: Upstream, clone: string, revision: string): Snapshot => {
  const { title, repository, landmarks, isRead } = upstream;
  const wanted = `name a clone of ${repository}`;
  if (!existsSync(clone)) throw new Error(`${clone}: does not exist; ${wanted}`);
  if (ask(clone, 'rev-parse', '--git-dir') === undefined)
    throw new Error(`${clone}: is not a git repository; ${wanted}`);
  const commit = ask(clone, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  if (!commit) throw new Error(`${clone}: has no commit ${revision}; fetch it, or name another with --commit`);
  const entries = entriesOf(clone, commit);
  const absent = landmarks.find((landmark) => !entries.some(({ path }) => path === landmark));
  if (absent) throw new Error(`${clone}: is not ${title}, because ${commit.slice(0, 9)} has no ${absent}; ${wanted}`);
  const date = git(clone, ['show', '--no-patch', '--format=%cs', commit]).toString().trim();
  return {
    commit,
    date,
    files: contentsOf(
      clone,
      entries.filter(({ path }) => isRead(path)),
      upstream,
    ),
  };
};
