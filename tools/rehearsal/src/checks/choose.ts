/** Selects the checks of a cluster on a stage, in their order. */
import type { ApplicationRehearsal, Check, Rehearsed } from './check.ts';
import { findRehearsals } from './find.ts';
import { platformChecks } from './platform/index.ts';

/** The checks of the platform and of the applications that apply to a cluster. */
export const applicableChecks = (rehearsals: readonly ApplicationRehearsal[], rehearsed: Rehearsed): readonly Check[] =>
  [...platformChecks, ...rehearsals.flatMap(({ checks }) => checks)]
    .filter(({ stages, applies }) => stages.includes(rehearsed.stage) && (!applies || applies(rehearsed)))
    .toSorted((a, b) => a.order - b.order);

const chosen = async (rehearsed: Rehearsed, long: boolean): Promise<readonly Check[]> =>
  applicableChecks(await findRehearsals(), rehearsed).filter((check) => (check.long ?? false) === long);

/** The checks that a cluster's stage can run for each commit. */
export const checksOf = (rehearsed: Rehearsed): Promise<readonly Check[]> => chosen(rehearsed, false);

/** The checks that take too long for each commit; the last of them cause restarts. */
export const longChecksOf = (rehearsed: Rehearsed): Promise<readonly Check[]> => chosen(rehearsed, true);
