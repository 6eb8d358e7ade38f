/** A temporary storage for buildah. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beganAt } from '../kubernetes/index.ts';
import { call } from './call.ts';

/** The folders of builds: buildah's own, and those with a build's files. */
export interface Storage {
  readonly folder: string;
  /** Runs buildah. `env` is in addition to the variables of this process. */
  readonly buildah: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<void>;
}

const prefix = '.buildah-';

/** Removes the storages of killed processes. */
const removeAbandoned = (parent: string): void => {
  for (const name of readdirSync(parent))
    if (name.startsWith(prefix) && beganAt(Number(name.slice(prefix.length))) === undefined)
      rmSync(join(parent, name), { recursive: true, force: true });
};

/**
 * Runs a function with a storage of its own.
 *
 * Each run of buildah has a mount namespace of its own, because a failed build leaves its mounts behind: they end with
 * the namespace.
 * @param parent folder for the storage
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
