/** Sizes that an application declares in a file of its own, applications/<application>.ts. */
import type { ServiceName } from '@cost-onprem/contracts';
import type { Size } from '@cost-onprem/kit';
import * as applications from './applications.ts';

/** The profiles that people write. The code derives the others from them. */
type Written = 'minimal' | 'production';

/** Rows of an application: for each workload, its size in each written profile. */
export type ApplicationRows = Readonly<Partial<Record<ServiceName, Readonly<Record<Written, Size>>>>>;

type Applications = typeof applications;

/** The workloads with rows in those files. */
type Listed = { readonly [Each in keyof Applications]: keyof Applications[Each] }[keyof Applications];

/** All rows of one profile. */
export const rowsOf = (profile: Written): Readonly<Record<Listed, Size>> =>
  Object.fromEntries(
    Object.entries<ApplicationRows>(applications)
      // Not every loader of modules sorts the exports.
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([, rows]) => Object.entries(rows))
      // The generator names a size that is missing.
      .flatMap(([workload, sizes]) => (profile in sizes ? [[workload, sizes[profile]]] : [])),
    // Object.fromEntries loses the keys' type, although every workload is there.
  ) as Record<Listed, Size>;
