import { valkey as listens, valkeyClaim, valkeyCredentials } from '@cost-onprem/contracts';
import { workload, type Probe } from '@cost-onprem/kit';
import { start } from './start.ts';

/** The newest patch of its line (tools/documentation/facts/valkey.md#security-releases). */
// renovate: datasource=docker
const image = 'docker.io/valkey/valkey:8.0.11';

const dataFolder = '/data';
const configurationFolder = '/etc/valkey';

/**
 * Evicts only keys with an expiry. Koku's caches have one and its queues have none, so when memory is short the cache
 * shrinks and no task is lost. The append-only file keeps the queues over a restart
 * (tools/documentation/facts/valkey.md#persistence).
 */
export const configuration = `bind * -::*
port ${listens.redis.number}
dir ${dataFolder}
appendonly yes
appendfsync everysec
save ""
maxmemory-policy volatile-lru
`;

/** Compares the answer, because a server that is loading its data answers something other than PONG. */
const ping = (failures: number): Probe => ({
  check: { run: ['sh', '-c', `[ "$(valkey-cli -p ${listens.redis.number} ping)" = PONG ]`] },
  every: 10,
  timeout: 5,
  failures,
});

/** Celery's broker and results, and Koku's cache: logical database 1. */
export const valkey = workload({
  name: 'valkey',
  purpose: 'Cache, broker and results of Koku (Redis protocol).',
  kind: 'StatefulSet',
  image,
  wave: 'data',
  command: [
    'sh',
    '-c',
    start({
      data: dataFolder,
      settings: `${configurationFolder}/valkey.conf`,
      configuration: '/tmp/valkey.conf',
      percentForData: 60,
    }),
  ],
  listens,
  env: {
    REDISCLI_AUTH: valkeyCredentials.keys.password,
    MEMORY_LIMIT: { kind: 'OwnLimit', resource: 'memory' },
  },
  files: [
    { configMap: 'valkey-configuration', mountPath: configurationFolder, contents: { 'valkey.conf': configuration } },
  ],
  store: { claim: valkeyClaim, mountPath: dataFolder },
  probes: { startup: ping(60), readiness: ping(3), liveness: ping(6) },
  singleton: true,
});
