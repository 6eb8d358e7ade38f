/** Combines the work of a cluster's applications. */
import { findRehearsals, type Rehearsed, type Work } from '../checks/index.ts';

/** Gives each kind of work in turn, then settles each. @param mark of this run */
export const allWorkOf = async (rehearsed: Rehearsed, mark: string): Promise<Work> => {
  const all: Work[] = [];
  for (const { work } of await findRehearsals()) if (work) all.push(await work(rehearsed, mark));
  return {
    give: async (now, round) => {
      for (const one of all) await one.give(now, round);
    },
    settle: async (now) => {
      const seen: string[] = [];
      for (const one of all) seen.push(await one.settle(now));
      return seen.join('; ');
    },
  };
};
