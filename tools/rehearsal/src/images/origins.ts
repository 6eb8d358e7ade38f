/** The origins of images: the order in which a rehearsal asks them, and the result. */
import { allowed } from '../../../repository/src/suggest.ts';

/** Every origin of an image, and its meaning. */
export const origins = {
  archive: 'an archive in a folder, named by the reference that the cluster pins: archive=<folder>',
  pull: 'the registry that the pinned reference names',
  packages: 'for a server: the same software, or its closest relative, from package registries',
  understudy: 'for an application: our program that connects as the application would',
} as const;

/** One origin. */
export type Origin = keyof typeof origins;

const names = Object.keys(origins) as readonly Origin[];

/** The order in which a rehearsal asks the origins for each image. */
export interface Preference {
  readonly order: readonly Origin[];
  /** The folder of the archives, where the order has it. */
  readonly archives?: string;
}

/** The order that needs no preparation of a user's machine. */
export const defaultPreference = 'pull,packages,understudy';

/** An image that the node was given. */
export interface GivenImage {
  readonly image: string;
  readonly origin: Origin;
  /** The exact source: a file, a digest, a recipe. */
  readonly detail: string;
}

/**
 * Reads an order such as `archive=/srv/images,packages,understudy`.
 * @throws Error naming an unknown or duplicate origin, and a missing or wrong folder
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
  if (twice) throw new Error(`--images=${text}: ${twice} is listed twice`);
  return { order, ...(archives !== undefined && { archives }) };
};
