/** The work that the applications of a cluster bring, as one. */
import { findRehearsals, type Rehearsed, type Work } from '../checks/index.ts';

/** Gives all of it in turn, and settles all of it. @param mark of this time */
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
