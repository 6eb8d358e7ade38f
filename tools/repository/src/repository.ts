import { join, resolve } from 'node:path';

/** The root of this repository, or of the copy that this file is in. */
export const repository = join(import.meta.dirname, '../../..');

/** Builds and downloads are kept here, or where the variable says: a continuous integration keeps it between runs. */
export const cacheFolder = resolve(process.env['COST_ONPREM_CACHE'] ?? join(repository, '.cache'));
