/** What rehearsals share with the command: the report, its cost, the upload, and waiting for what becomes of it. */
export {
  NoAnswer,
  persistent,
  Refusal,
  secondsToWait,
  waitFor,
  type Answer,
  type Ask,
  type Patience,
  type Question,
} from './ask.ts';
export { targetOf, type Target } from './cluster.ts';
export { costOf, type Cost, type Rates } from './cost.ts';
export { httpsClient } from './https.ts';
export { identityOf, type Organisation } from './identity.ts';
export { agrees, createCostModel, inDollars, remove, reportedCost, waitForCost } from './koku.ts';
export {
  inWords,
  recommendationsOf,
  waitForNoRecommendation,
  waitForRecommendations,
  type Recommendation,
} from './recommendations.ts';
export { makeReport, type Report } from './report.ts';
export { rates, runSmoke } from './run.ts';
export { createSource, type Source, type SourcesServer } from './sources.ts';
export { upload, uploadOf, uploadPath } from './upload.ts';
export { reportedDay } from './usage.ts';
export { verdictText } from './verdict.ts';
