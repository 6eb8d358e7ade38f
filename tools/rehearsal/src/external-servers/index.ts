/** Servers that a cluster connects to and does not run. */
export { makeOutside, needsOutside, strangersBucket, trustOutside } from './external-servers.ts';
