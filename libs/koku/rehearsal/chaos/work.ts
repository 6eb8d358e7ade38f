import { isPlayed, type Rehearsed, type Work } from '../../../../tools/rehearsal/src/checks/index.ts';
import { tasks } from './tasks.ts';
import { uploads } from './uploads.ts';

/** More than the cluster takes while pods are removed. */
const uploadCount = 15;

/** Uploads for the real Koku, and tasks for its understudies, which know nothing of uploads. */
export const work = (rehearsed: Rehearsed, mark: string): Promise<Work> =>
  isPlayed(rehearsed, 'koku') ? Promise.resolve(tasks(mark)) : uploads(rehearsed, uploadCount);
