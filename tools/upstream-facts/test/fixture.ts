/** A test repository with the layout of Koku's, and a function that runs the command. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const main = join(import.meta.dirname, '../src/main.ts');

/** The environment without the variables of git's hooks and of npm, which name other folders. */
const environment = Object.fromEntries(
  Object.entries({ ...process.env, NO_COLOR: '1' }).filter(([name]) => !/^(GIT_|INIT_CWD$|FORCE_COLOR$)/.test(name)),
);

/** Result of the command. */
export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A clone for the command. */
export interface Fixture {
  /** A folder for all other files. */
  readonly scratch: string;
  readonly clone: string;
  readonly git: (...words: readonly string[]) => string;
  /** Writes files, removes those with an undefined text, and returns the new commit. */
  readonly commit: (files: Readonly<Record<string, string | undefined>>) => string;
  readonly call: (words: readonly string[], options?: { readonly cwd?: string; readonly initCwd?: string }) => Outcome;
  readonly remove: () => void;
}

/** Makes an empty repository. */
export const fixture = (): Fixture => {
  const scratch = mkdtempSync(join(tmpdir(), 'upstream-facts-'));
  const clone = join(scratch, 'clone');
  mkdirSync(clone);
  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...words], {
      cwd: clone,
      env: { ...environment, GIT_COMMITTER_DATE: '2026-01-02T00:00:00Z', GIT_AUTHOR_DATE: '2026-01-02T00:00:00Z' },
      encoding: 'utf8',
    }).trim();
  git('init', '--quiet');
  return {
    scratch,
    clone,
    git,
    commit: (files) => {
      for (const [file, text] of Object.entries(files)) {
        const path = join(clone, file);
        mkdirSync(dirname(path), { recursive: true });
        if (text === undefined) rmSync(path);
        else writeFileSync(path, text);
      }
      git('add', '--all');
      git('commit', '--quiet', '--message', 'x');
      return git('rev-parse', 'HEAD');
    },
    call: (words, { cwd = scratch, initCwd } = {}) => {
      const env = { ...environment, ...(initCwd && { INIT_CWD: initCwd }) };
      const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], { cwd, env, encoding: 'utf8' });
      return { code: status, out: stdout, err: stderr };
    },
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  };
};
