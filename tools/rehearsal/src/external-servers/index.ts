/** Servers that a cluster connects to and does not run. */
export {
  assertHosts,
  externalOverlays,
  needsExternalServers,
  outside,
  startExternalServers,
  otherAccountsBucket,
  trustExternalServers,
} from './external-servers.ts';
