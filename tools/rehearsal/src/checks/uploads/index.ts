/** Uploads through the gateway, or straight to ingress. */
export { countedAnswers, crowd, crowdSize, type Crowd } from './crowd.ts';
export { assertAccepted, hasIngress, requestsOf, sendUploads, startUploads, type Place, type Sending } from './send.ts';
export type { Answer, Upload } from './task.ts';
