import { valkey as listens, valkeyClaim, valkeyCredentials } from '@cost-onprem/contracts';
import { workload, type Probe } from '@cost-onprem/kit';

// renovate: datasource=docker
const image = 'docker.io/valkey/valkey:8.0.1';

const dataFolder = '/data';

/**
 * Evicts only keys with an expiry. Koku's caches have one and its queues have none, so when memory is short the cache
 * shrinks and no task is lost. The append-only file keeps the queues over a restart
 * (tools/documentation/facts/valkey.md#persistence).
 */
const configuration = `bind * -::*
port ${listens.redis.number}
dir ${dataFolder}
appendonly yes
appendfsync everysec
save ""
maxmemory-policy volatile-lru
`;

/** Percentage of the memory limit for data. Rewriting the append-only file needs the rest, because it forks. */
const percentForData = 60;

/** Passes the password in a file of the pod, because other processes can read a command line. */
const start = `set -eu
umask 077
{
  printf 'include /etc/valkey/valkey.conf\\n'
  printf 'requirepass %s\\n' "$REDISCLI_AUTH"
  printf 'maxmemory %smb\\n' "$((MEMORY_LIMIT * ${percentForData} / 100))"
} > /tmp/valkey.conf
exec valkey-server /tmp/valkey.conf`;

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
  command: ['sh', '-c', start],
  listens,
  env: {
    REDISCLI_AUTH: valkeyCredentials.keys.password,
    MEMORY_LIMIT: { kind: 'OwnLimit', resource: 'memory' },
  },
  files: [{ configMap: 'valkey-configuration', mountPath: '/etc/valkey', contents: { 'valkey.conf': configuration } }],
  store: { claim: valkeyClaim, mountPath: dataFolder },
  probes: { startup: ping(60), readiness: ping(3), liveness: ping(6) },
  singleton: true,
});
