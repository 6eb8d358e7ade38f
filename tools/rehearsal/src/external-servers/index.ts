/** Servers that a cluster connects to and does not run. */
export {
  assertHosts,
  externalOverlays,
  needsExternalServers,
  startExternalServers,
  otherAccountsBucket,
  trustExternalServers,
} from './external-servers.ts';
