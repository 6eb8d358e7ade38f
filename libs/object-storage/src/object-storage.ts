import { objectStorage as listens, objectStorageClaim, objectStorageCredentials } from '@cost-onprem/contracts';
import { workload, type Probe } from '@cost-onprem/kit';

/** versitygw stores buckets as folders of a file system. It is small and has the Apache licence. */
// renovate: datasource=docker
const image = 'docker.io/versity/versitygw:v1.8.0';

const dataFolder = '/data';
const health = '/health';

const answers = (failures: number): Probe => ({
  check: { get: health, on: listens.s3 },
  every: 10,
  timeout: 5,
  failures,
});

/** For evaluation only: one server, one disk, and one account that may do everything. */
export const objectStorage = workload({
  name: 'object-storage',
  purpose: 'S3 for evaluation: stores buckets as folders of one disk.',
  kind: 'StatefulSet',
  image,
  wave: 'data',
  command: ['/usr/local/bin/versitygw', 'posix', dataFolder],
  listens,
  env: {
    VGW_PORT: `:${listens.s3.number}`,
    VGW_REGION: 'us-east-1',
    VGW_HEALTH: health,
    ROOT_ACCESS_KEY_ID: objectStorageCredentials.keys.AWS_ACCESS_KEY_ID,
    ROOT_SECRET_ACCESS_KEY: objectStorageCredentials.keys.AWS_SECRET_ACCESS_KEY,
  },
  store: { claim: objectStorageClaim, mountPath: dataFolder },
  probes: { startup: answers(30), readiness: answers(3), liveness: answers(6) },
  singleton: true,
});
