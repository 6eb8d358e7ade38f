/** Rows of the profiles, checked as plain data, because `npm start` runs the declarations without the compiler. */
import type { Workload } from '@cost-onprem/kit';
import type { PlatformProfile } from '@cost-onprem/profiles';
import { allowed } from '../../tools/repository/src/suggest.ts';
import { keyed, placeOf } from './place.ts';

/** Rows without a workload, and workloads without a row; each sentence begins with the file, and names the profiles. */
export const rowFaults = (
  profiles: readonly PlatformProfile[],
  workloads: readonly Workload[],
  root: string,
): readonly string[] => {
  const declared = new Set(workloads.map(({ name }) => name));
  const rows = new Map(
    profiles.map(({ name, services, jobs, cronJobs }) => [
      name,
      new Set(Object.keys({ ...services, ...jobs, ...cronJobs })),
    ]),
  );
  const profilesWhere = (holds: (its: ReadonlySet<string>) => boolean): string =>
    [...rows].flatMap(([name, its]) => (holds(its) ? [name] : [])).join(', ');
  const surplus = new Set([...rows.values()].flatMap((its) => [...its.difference(declared)]));
  const lacking = new Set([...rows.values()].flatMap((its) => [...declared.difference(its)]));
  const place = (row: string): string => placeOf(keyed(row), 'profiles', root);
  return [
    ...[...surplus].map(
      (row) =>
        `${place(row)}: ${row} has a size in ${profilesWhere((its) => its.has(row))}, but is no workload; ${allowed(row, [...(lacking.size > 0 ? lacking : declared)])}`,
    ),
    ...[...lacking].map((name) => `${place(name)}: ${name} has no size in ${profilesWhere((its) => !its.has(name))}`),
  ];
};
