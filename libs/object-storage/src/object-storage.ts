import { objectStorage as listens, objectStorageClaim, objectStorageCredentials } from '@cost-onprem/contracts';
import { workload, type Probe } from '@cost-onprem/kit';

/** A gateway that keeps buckets as folders of a file system: small, and under the Apache licence. */
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

/** For evaluation: one server, one disk, one account that may do everything. */
export const objectStorage = workload({
  name: 'object-storage',
  purpose: 'S3 for evaluation: buckets are folders of one disk.',
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
