/** What a cluster may do without: an application or a base says it once for all of its parts. */
import type { Application, Base } from './vocabulary.ts';

/**
 * A base with the purpose of its application, if it has none of its own. Its parts have the same purpose.
 * @throws Error for a workload with another purpose, because an option that removes the base must remove all of it
 */
export const withPurpose = (base: Base, application: Application): Base => {
  const onlyFor = base.onlyFor ?? application.onlyFor;
  if (!onlyFor) return base;
  for (const workload of base.workloads) {
    if (workload.onlyFor && workload.onlyFor !== onlyFor)
      throw new Error(
        `${workload.name}: is only for ${workload.onlyFor}, but its base is only for ${onlyFor}; an object has one purpose`,
      );
  }
  return {
    ...base,
    onlyFor,
    workloads: base.workloads.map((workload) => ({ ...workload, onlyFor })),
    ...(base.settings && { settings: base.settings.map((each) => ({ ...each, onlyFor })) }),
  };
};
