import { join, resolve } from 'node:path';

/** The root of this repository, or of the copy that this file is in. */
export const repository = join(import.meta.dirname, '../../..');

/** Folder for builds and downloads. A CI system can set the variable to a folder that it keeps between runs. */
export const cacheFolder = resolve(process.env['COST_ONPREM_CACHE'] ?? join(repository, '.cache'));
