import {
  kokuQueueDatabase,
  kokuQueues,
  trustedCa,
  valkeyAddress,
  valkeyCredentials,
  valkeyExporter as listens,
} from '@cost-onprem/contracts';
import { workload, type Probe } from '@cost-onprem/kit';

/** The Alpine image, because the command needs a shell and the plain image has none. */
// renovate: datasource=docker
const image = 'docker.io/oliver006/redis_exporter:v1.86.0-alpine';

/** Chooses the scheme, because a cache with TLS has another one. */
const start = `export REDIS_ADDR="redis\${REDIS_SSL:+s}://$REDIS_HOST:$REDIS_PORT"
exec /redis_exporter`;

const answers = (failures: number): Probe => ({
  check: { get: '/health', on: listens.metrics },
  every: 10,
  timeout: 5,
  failures,
});

/** Needed because Koku's workers export the lengths of their queues, and stop doing so when they are down. */
export const valkeyExporter = workload({
  name: 'valkey-exporter',
  purpose: 'Exports to Prometheus the state of the cache, and how many tasks wait in each of Koku’s queues.',
  kind: 'Deployment',
  image,
  wave: 'application',
  command: ['sh', '-c', start],
  listens,
  metrics: listens.metrics,
  connects: [
    {
      to: valkeyAddress.to,
      env: {
        REDIS_HOST: valkeyAddress.host,
        REDIS_PORT: valkeyAddress.port,
        REDIS_USER: valkeyAddress.more.username,
        REDIS_PASSWORD: valkeyCredentials.keys.password,
        REDIS_SSL: valkeyAddress.more.tls,
        REDIS_EXPORTER_TLS_CA_CERT_FILE: valkeyAddress.more['ca-file'],
      },
    },
  ],
  contributions: [trustedCa],
  // Celery stores each queue as a list with the queue's name, and removes an empty one.
  env: { REDIS_EXPORTER_CHECK_SINGLE_KEYS: kokuQueues.map((queue) => `db${kokuQueueDatabase}=${queue}`).join(',') },
  probes: { startup: answers(12), readiness: answers(3), liveness: answers(6) },
  onlyFor: 'monitoring',
});
