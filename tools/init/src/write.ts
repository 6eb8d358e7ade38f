/** Writes all changes or none, and only over what git can give back. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Change } from './changes.ts';

/** @throws Error for a folder that is no git repository, and naming each path with changes that no commit has */
export const refuseUncommitted = (root: string, changes: readonly Change[]): void => {
  const existing = changes.map(({ path }) => path).filter((path) => existsSync(join(root, path)));
  if (existing.length === 0) return;
  const status = (() => {
    try {
      return execFileSync('git', ['status', '--porcelain', '--', ...existing], {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    } catch (error) {
      throw new Error(`git does not know this folder, so it could not give back what init changes: clone your fork`, {
        cause: error,
      });
    }
  })();
  const paths = status.split('\n').flatMap((line) => (line === '' ? [] : [line.slice(3)]));
  if (paths.length > 0)
    throw new Error(
      paths.map((path) => `${path}: has changes that are not committed; commit or stash them first`).join('\n'),
    );
};

/**
 * Makes all changes. Writes new texts to a folder beside them first, then only renames, and takes all renames back when one
 * fails.
 * @throws Error of the change that failed; the repository is then as before
 */
export const writeChanges = (root: string, changes: readonly Change[]): void => {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const aside = mkdtempSync(join(root, '.cache/init-'));
  const undo: (() => void)[] = [];
  const move = (from: string, to: string): void => {
    renameSync(from, to);
    undo.unshift(() => renameSync(to, from));
  };
  try {
    changes.forEach(({ after }, index) => {
      if (after !== undefined) writeFileSync(join(aside, `${index}.new`), after);
    });
    changes.forEach(({ path, after }, index) => {
      const target = join(root, path);
      if (existsSync(target)) move(target, join(aside, `${index}.old`));
      if (after === undefined) return;
      const made = mkdirSync(dirname(target), { recursive: true });
      if (made !== undefined) undo.unshift(() => rmSync(made, { recursive: true }));
      move(join(aside, `${index}.new`), target);
    });
  } catch (error) {
    for (const step of undo) step();
    throw error;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
};
