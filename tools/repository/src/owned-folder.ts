/** Replaces whole folders: writes all their files or none, and removes all others. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** Files of a folder, by their path in it. */
export type Files = Readonly<Record<string, string>>;

/** A difference between a folder and its generated files. */
export interface Drift {
  /** Path from the root of the repository. */
  readonly file: string;
  readonly what: 'missing' | 'edited' | 'not generated';
}

const existingFiles = (folder: string): readonly string[] =>
  existsSync(folder) && statSync(folder).isDirectory()
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    : [];

/** Every difference between a folder and its generated files, sorted by file. */
export const driftOf = (root: string, folder: string, files: Files): readonly Drift[] => {
  const path = join(root, folder);
  const present = new Set(existingFiles(path));
  const declared = Object.entries(files).flatMap(([file, text]): readonly Drift[] => {
    if (!present.has(file)) return [{ file: `${folder}/${file}`, what: 'missing' }];
    return readFileSync(join(path, file), 'utf8') === text ? [] : [{ file: `${folder}/${file}`, what: 'edited' }];
  });
  const foreign = [...present]
    .filter((file) => !(file in files))
    .map((file): Drift => ({ file: `${folder}/${file}`, what: 'not generated' }));
  return [...declared, ...foreign].sort((a, b) => (a.file < b.file ? -1 : 1));
};

/** The difference between a file and the text that belongs in it. */
export const fileDriftOf = (root: string, file: string, text: string): readonly Drift[] => {
  const path = join(root, file);
  if (!existsSync(path)) return [{ file, what: 'missing' }];
  return readFileSync(path, 'utf8') === text ? [] : [{ file, what: 'edited' }];
};

/**
 * Replaces a file by another in one step.
 * @returns whether anything changed
 */
export const writeFile = (root: string, file: string, text: string): boolean => {
  if (fileDriftOf(root, file, text).length === 0) return false;
  const path = join(root, file);
  const temporary = `${path}.new-${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
  return true;
};

/**
 * Replaces a folder by exactly these files. Writes them to a new folder first and then renames it, so that a full disk
 * or a killed process leaves the old folder. Does not touch a folder that has these files already.
 * @returns whether anything changed
 */
export const writeFolder = (root: string, folder: string, files: Files): boolean => {
  if (driftOf(root, folder, files).length === 0) return false;
  const path = join(root, folder);
  mkdirSync(dirname(path), { recursive: true });
  const temporary = mkdtempSync(`${path}.new-`);
  chmodSync(temporary, 0o755);
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(temporary, file)), { recursive: true });
      writeFileSync(join(temporary, file), text);
    }
    const old = `${temporary}.old`;
    if (existsSync(path)) renameSync(path, old);
    renameSync(temporary, path);
    rmSync(old, { recursive: true, force: true });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return true;
};
