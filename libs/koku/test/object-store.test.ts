/** The clients of the object store, whatever their number. */
import { awsFolder, objectStorage, objectStorageAddress } from '@cost-onprem/contracts';
import { setting } from '@cost-onprem/kit';
import { expect, test } from 'vitest';
import koku from '../src/index.ts';

const clients = Object.values(koku.bases)
  .flatMap(({ workloads }) => workloads)
  .filter(({ connects = [] }) => connects.some(({ to }) => to === objectStorage.s3));

test.each(clients)('$name signs, checks and addresses requests as the cluster’s store needs', (client) => {
  const environments = client.connects?.map(({ env }) => env?.['AWS_CONFIG_FILE']);
  expect(environments).toContainEqual(setting(objectStorageAddress, 'aws-configuration'));
  expect(client.contributions).toContain(awsFolder);
});
