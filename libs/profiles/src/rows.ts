/** Sizes that applications have in files of their own, applications/<application>.ts. */
import type { ServiceName } from '@cost-onprem/contracts';
import type { Size } from '@cost-onprem/kit';
import * as applications from './applications.ts';

/** Profiles that are written by hand; the others follow from them. */
type Written = 'minimal' | 'production';

/** Rows of an application: a size in each profile, by the name of the workload. */
export type ApplicationRows = Readonly<Partial<Record<ServiceName, Readonly<Record<Written, Size>>>>>;

type Applications = typeof applications;

/** Workloads that have their rows there. */
type Listed = { readonly [Each in keyof Applications]: keyof Applications[Each] }[keyof Applications];

/** All rows of one profile. */
export const rowsOf = (profile: Written): Readonly<Record<Listed, Size>> =>
  Object.fromEntries(
    Object.values<ApplicationRows>(applications)
      .flatMap((rows) => Object.entries(rows))
      .map(([workload, sizes]) => [workload, sizes[profile]]),
    // Object.fromEntries forgets that every name is there.
  ) as Record<Listed, Size>;
