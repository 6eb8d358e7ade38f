/** A place for buildah to work in, which is gone afterwards. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beganAt } from '../kubernetes/index.ts';
import { call } from './call.ts';

/** Where images are built: buildah's own folders, and those with a build's files. */
export interface Storage {
  readonly folder: string;
  /** Runs buildah; `env` is besides the variables that this process has. */
  readonly buildah: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<void>;
}

const prefix = '.buildah-';

/** Removes what processes left that were killed. */
const removeAbandoned = (parent: string): void => {
  for (const name of readdirSync(parent))
    if (name.startsWith(prefix) && beganAt(Number(name.slice(prefix.length))) === undefined)
      rmSync(join(parent, name), { recursive: true, force: true });
};

/**
 * Does something with a storage of its own.
 *
 * Each run of buildah has a mount namespace of its own, for a failed build leaves its mounts behind: they are gone with
 * the namespace.
 * @param parent folder that the storage is made in
 */
export const withStorage = async (parent: string, work: (storage: Storage) => Promise<void>): Promise<void> => {
  mkdirSync(parent, { recursive: true });
  removeAbandoned(parent);
  const folder = join(parent, `${prefix}${process.pid}`);
  mkdirSync(join(folder, 'tmp'), { recursive: true });
  const own = [
    ...['--root', join(folder, 'root'), '--runroot', join(folder, 'run'), '--storage-driver', 'overlay'],
    ...['--log-level', 'error'],
  ];
  try {
    await work({
      folder,
      buildah: (args, env) =>
        call('unshare', ['--mount', '--', 'buildah', ...own, ...args], { TMPDIR: join(folder, 'tmp'), ...env }),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
