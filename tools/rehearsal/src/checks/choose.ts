/** Which checks are made of a cluster on a stage, in their order. */
import type { ApplicationRehearsal, Check, Rehearsed } from './check.ts';
import { findRehearsals } from './find.ts';
import { platformChecks } from './platform/index.ts';

/** The platform's own checks and the applications', as far as they apply to a cluster. */
export const applicableChecks = (rehearsals: readonly ApplicationRehearsal[], rehearsed: Rehearsed): readonly Check[] =>
  [...platformChecks, ...rehearsals.flatMap(({ checks }) => checks)]
    .filter(({ stages, applies }) => stages.includes(rehearsed.stage) && (!applies || applies(rehearsed)))
    .toSorted((a, b) => a.order - b.order);

const chosen = async (rehearsed: Rehearsed, long: boolean): Promise<readonly Check[]> =>
  applicableChecks(await findRehearsals(), rehearsed).filter((check) => (check.long ?? false) === long);

/** What can be shown of a cluster on its stage. */
export const checksOf = (rehearsed: Rehearsed): Promise<readonly Check[]> => chosen(rehearsed, false);

/** What takes too long to be shown of each commit; it ends with restarts that are meant. */
export const longChecksOf = (rehearsed: Rehearsed): Promise<readonly Check[]> => chosen(rehearsed, true);
