import { kokuApiReads, kokuPrefix, rosocpGroups, sourcesApi, sourcesServer } from '@cost-onprem/contracts';
import { setting, workload } from '@cost-onprem/kit';
import { database, kafka, kruize, rosocp } from './connections.ts';
import { program } from './program.ts';

/**
 * Removes the recommendations of clusters whose source is gone. It asks the server of sources once, at its start, and ends if
 * that does not answer, so its pod waits. It has no port for probes (tools/documentation/facts/ros.md#probes).
 */
export const rosocpHousekeeper = workload({
  name: 'rosocp-housekeeper',
  purpose: 'Removes what belongs to a removed source.',
  kind: 'Deployment',
  wave: 'application',
  ...program,
  command: rosocp('start', 'housekeeper', '--sources'),
  connects: [
    database({ count: 2 }),
    kafka(rosocpGroups.housekeeper),
    kruize,
    { to: kokuApiReads.http, waitFor: { get: `${kokuPrefix}/v1/application_types`, by: 'curl' } },
    { to: sourcesApi.http, when: 'options/sources-api', waitFor: { get: '/health', by: 'curl' } },
  ],
  env: {
    SOURCES_API_BASE_URL: setting(sourcesServer, 'url'),
    SOURCES_API_PREFIX: setting(sourcesServer, 'prefix'),
  },
  singleton: true,
});
