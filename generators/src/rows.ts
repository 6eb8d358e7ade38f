/** Rows of the profiles, checked as plain data, because `npm start` runs the declarations without the compiler. */
import type { Workload } from '@cost-onprem/kit';
import type { PlatformProfile } from '@cost-onprem/profiles';
import { allowed } from '../../tools/clusters/src/suggest.ts';
import { keyed, placeOf } from './place.ts';

/** The rows that no workload is for, with the workloads that lack a row; each sentence begins with the file. */
export const rowFaults = (
  { name: profile, services, jobs, cronJobs }: PlatformProfile,
  workloads: readonly Workload[],
  root: string,
): readonly string[] => {
  const rows = Object.keys({ ...services, ...jobs, ...cronJobs });
  const names = workloads.map(({ name }) => name);
  const lacking = names.filter((name) => !rows.includes(name));
  return rows
    .filter((row) => !names.includes(row))
    .map((row) => {
      const without = lacking.length > 0 ? `; without a row ${allowed(row, lacking)}` : '';
      const place = placeOf(keyed(row), 'profiles', root);
      return `${place}: the profile ${profile} has a row for ${row}, which no application declares${without}`;
    });
};
