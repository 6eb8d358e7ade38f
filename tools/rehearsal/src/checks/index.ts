/** The frame of the checks, and what they show of the platform as a whole. */
export { isPlayed, type Check, type Rehearsed } from './check.ts';
export { checksOf, longChecksOf } from './lists.ts';
export { agrees, makeSource, rates, reportedCost } from './payload.ts';
export { costOf, type Cost } from './payload/cost.ts';
export { makePayload, type Payload } from './payload/nise.ts';
export { reportedDays, type Days } from './payload/reports.ts';
export { announce } from './payload/upload.ts';
export { runProgramInPod } from './pod-programs.ts';
export { wavesInOrder } from './waves.ts';
