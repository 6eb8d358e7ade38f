/** The types and helpers of the checks, and the checks of the platform as a whole. */
export { whileAway } from './away.ts';
export {
  hasObject,
  hasOwnServers,
  isPlayed,
  type ApplicationRehearsal,
  type Check,
  type Rehearsed,
  type Trial,
} from './check.ts';
export { checksOf, longChecksOf } from './choose.ts';
export { findRehearsals } from './find.ts';
export { fromRouter, gatewayAddress, identity, organisation, throughGateway, withToken } from './gateway.ts';
export { runSection } from './page.ts';
export { makesSecrets } from './platform/rights.ts';
export { wavesInOrder } from './platform/waves.ts';
export { runProgramInPod } from './pod-programs.ts';
export { replacePod } from './replace-pod.ts';
export { assertNoneDropped, trafficDuring } from './requests.ts';
export type { Work } from './work.ts';
export { allWork, works } from './works.ts';
export { countedAnswers, crowd, crowdSize } from './uploads/crowd.ts';
export { assertAccepted, hasIngress, requestsOf, sendUploads, startUploads, type Place } from './uploads/send.ts';
export type { Answer as UploadAnswer, Upload } from './uploads/task.ts';
