import { hasIngress, isPlayed, type Rehearsed, type Work } from '../../../../tools/rehearsal/src/checks/index.ts';
import { tasks } from './tasks.ts';
import { publicUploads, uploads } from './uploads.ts';

/** More uploads than the cluster accepts while pods are removed. */
const uploadCount = 15;

/** Uploads for the real Koku, and tasks for its understudies, which process no uploads. */
export const work = async (rehearsed: Rehearsed, mark: string): Promise<Work> => {
  if (isPlayed(rehearsed, 'koku')) return tasks(mark);
  return hasIngress(rehearsed) ? publicUploads(rehearsed) : uploads(rehearsed, uploadCount);
};
