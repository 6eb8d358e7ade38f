import {
  kokuQueueDatabase,
  kokuQueues,
  trustedCa,
  valkeyAddress,
  valkeyCredentials,
  valkeyExporter as listens,
} from '@cost-onprem/contracts';
import { workload, type Probe } from '@cost-onprem/kit';

/** With a shell, which the address needs; the plain image has none. */
// renovate: datasource=docker
const image = 'docker.io/oliver006/redis_exporter:v1.86.0-alpine';

/** A cache with TLS is another scheme. */
const start = `export REDIS_ADDR="redis\${REDIS_SSL:+s}://$REDIS_HOST:$REDIS_PORT"
exec /redis_exporter`;

const answers = (failures: number): Probe => ({
  check: { get: '/health', on: listens.metrics },
  every: 10,
  timeout: 5,
  failures,
});

/** Koku's own figures of its queues come from the workers, and so end with them. */
export const valkeyExporter = workload({
  name: 'valkey-exporter',
  purpose: 'Tells Prometheus of the cache, and how many tasks wait in each of Koku’s queues.',
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
  // Celery keeps each queue as a list of the queue's name, and removes it when it is empty.
  env: { REDIS_EXPORTER_CHECK_SINGLE_KEYS: kokuQueues.map((queue) => `db${kokuQueueDatabase}=${queue}`).join(',') },
  probes: { startup: answers(12), readiness: answers(3), liveness: answers(6) },
  onlyFor: 'monitoring',
});
