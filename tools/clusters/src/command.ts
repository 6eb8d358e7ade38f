/** What the commands of this folder have in common. */
import { ClusterFaults } from './render.ts';

/** Runs a command's work; faults of a cluster are printed as they are, one a line, and nothing else is. */
export const reportingFaults = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ClusterFaults)) throw error;
    for (const fault of error.faults) console.error(fault);
    process.exitCode = 1;
  }
};
