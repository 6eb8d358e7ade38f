/** Pods removed at random. */
export { chaos } from './chaos.ts';
