/** Where an image comes from: the order in which a rehearsal looks, and what it found. */
import { allowed } from '../../../clusters/src/suggest.ts';

/** Every origin of an image, and what it means. */
export const origins = {
  archive: 'an archive in a folder, named by the reference that the cluster pins: archive=<folder>',
  pull: 'the registry that the pinned reference names',
  packages: 'for a server: the same software, or its closest relative, from package registries',
  understudy: 'for an application: a program of ours that connects as the application would',
} as const;

/** One origin. */
export type Origin = keyof typeof origins;

const names = Object.keys(origins) as readonly Origin[];

/** The order in which origins are asked for each image. */
export interface Preference {
  readonly order: readonly Origin[];
  /** The folder of the archives, where the order has them. */
  readonly archives?: string;
}

/** What a user's machine can do without preparation. */
export const defaultPreference = 'pull,packages,understudy';

/** An image that the node was given. */
export interface GivenImage {
  readonly image: string;
  readonly origin: Origin;
  /** What exactly: a file, a digest, a recipe. */
  readonly detail: string;
}

/**
 * Reads an order such as `archive=/srv/images,packages,understudy`.
 * @throws Error naming what is no origin, or says too much or too little
 */
export const parsePreference = (text: string): Preference => {
  const parts = text.split(',').map((part) => part.trim());
  let archives: string | undefined;
  const order = parts.map((part): Origin => {
    const [word = '', ...rest] = part.split('=');
    const origin = names.find((name) => name === word);
    if (!origin) throw new Error(`--images=${text}: no origin ${word}; ${allowed(word, names)}`);
    const folder = rest.join('=');
    if (origin === 'archive' && folder === '')
      throw new Error(`--images=${text}: archive needs its folder, as in archive=/srv/images`);
    if (origin !== 'archive' && rest.length > 0)
      throw new Error(`--images=${text}: only archive takes a folder, ${origin} does not`);
    if (origin === 'archive') archives = folder;
    return origin;
  });
  const twice = order.find((origin, index) => order.indexOf(origin) !== index);
  if (twice) throw new Error(`--images=${text}: ${twice} stands there twice`);
  return { order, ...(archives !== undefined && { archives }) };
};
