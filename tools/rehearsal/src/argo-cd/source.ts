/** The repository that Argo CD reads in a rehearsal: a bare clone of this repository's HEAD, and the rehearsal's own commits. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kokuSettings } from '../../../../libs/koku/src/settings.ts';
import { readOverlays, withOverlay } from '../../../clusters/src/overlays.ts';
import { repository } from '../../../repository/src/repository.ts';
import { state } from '../kubernetes/index.ts';

const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=rehearsal', '-c', 'user.email=rehearsal@example.com', ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();

const bare = join(state, 'repository.git');
const tree = join(state, 'repository');

/** Its URL in Argo CD. */
export const sourceUrl = `file://${bare}`;

/** Branch that Argo CD follows. */
export const branch = 'rehearsal';

/** Puts HEAD into a new bare repository. It contains committed files only. */
const cloneHead = (): void => {
  for (const folder of [bare, tree]) rmSync(folder, { recursive: true, force: true });
  git(repository, 'clone', '--quiet', '--bare', '--no-hardlinks', repository, bare);
  git(bare, 'branch', '--force', branch, git(repository, 'rev-parse', 'HEAD'));
  git(repository, 'clone', '--quiet', '--branch', branch, bare, tree);
};

/**
 * Commits a change of one file to the rehearsed repository, as a pull request would.
 * @returns the new commit
 * @throws Error when the file stays the same
 */
export const commitChange = (file: string, subject: string, change: (text: string) => string): string => {
  const path = join(tree, file);
  if (!existsSync(path)) throw new Error(`${file}: is not in HEAD; commit it before it can be rehearsed`);
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`${file}: ${subject} changes nothing`);
  writeFileSync(path, after);
  git(tree, 'commit', '--quiet', '--all', '--message', subject);
  git(tree, 'push', '--quiet', 'origin', branch);
  return git(tree, 'rev-parse', 'HEAD');
};

/** A file of the rehearsed commit. */
export const sourceFolder = (path: string): string => join(tree, path);

/** Adds an option to a cluster's file. */
export const withOption = (option: string): ((text: string) => string) =>
  withOverlay(`options/${option}`, readOverlays(repository));

/** Five minutes instead of thirty, so that a check sees Beat's schedule fire. */
const withQuickSchedule = (text: string): string =>
  `${text}  - name: ${kokuSettings.name}
    behavior: merge
    literals:
      - DELAYED_TASK_POLLING_MINUTES=5
`;

/**
 * Commits the rehearsed state: this repository's HEAD, with options added to a cluster.
 * @returns the commit, the tip of the rehearsal's own branch
 */
export const commitCluster = (cluster: string, options: readonly string[]): string => {
  cloneHead();
  const file = `clusters/${cluster}/kustomization.yaml`;
  for (const option of options) commitChange(file, `Add ${option}`, withOption(option));
  return commitChange(file, 'Rehearse', withQuickSchedule);
};
