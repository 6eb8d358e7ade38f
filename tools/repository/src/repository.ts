import { join } from 'node:path';

/** The root of this repository, or of the copy that this file is in. */
export const repository = join(import.meta.dirname, '../../..');
