/** Servers that a cluster connects to and does not run. */
export {
  assertHosts,
  externalOverlays,
  needsExternalServers,
  startExternalServers,
  strangersBucket,
  trustExternalServers,
} from './external-servers.ts';
