/** Removes pods at random. */
export { chaos } from './chaos.ts';
