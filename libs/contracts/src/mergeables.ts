/** The ConfigMaps that a cluster may merge into, and all their keys. */
import { mergeable } from '@cost-onprem/kit/vocabulary';
import { dbKokuAddress, dbKokuReadsAddress } from './databases.ts';
import { kafkaAddress, objectStorageAddress, valkeyAddress } from './endpoints.ts';
import { kokuSettings } from './koku-settings.ts';
import { kokuWorkerQueues } from './koku-workers.ts';
import { monitoring } from './monitoring.ts';
import { awsConfigurations } from './object-storage.ts';
import { trustedBundle } from './trusted-ca.ts';

/** What the world sees of a cluster's platform. */
export const publicAddress = mergeable({
  name: 'public',
  purpose: 'The public address of this cluster’s platform.',
  settings: {
    host: {
      purpose: 'Host name of the Route or Ingress.',
      example: 'cost.apps.example.com',
      pattern: /([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+/,
      setBy: 'cluster',
    },
    class: {
      value: 'nginx',
      purpose: 'Class of the Ingress; a Route has none.',
      pattern: /[a-z0-9.-]+/,
    },
    'tls-secret': {
      value: 'koku-gateway-tls',
      purpose: 'Secret with the certificate of the Ingress; a Route uses the router’s own.',
      pattern: /[a-z0-9.-]+/,
    },
  },
});

/** All of them; each becomes a ConfigMap of libs/contracts/base. */
export const mergeables = [
  publicAddress,
  dbKokuAddress.configMap,
  dbKokuReadsAddress.configMap,
  valkeyAddress.configMap,
  kafkaAddress.configMap,
  objectStorageAddress,
  awsConfigurations,
  kokuSettings,
  kokuWorkerQueues,
  monitoring,
  trustedBundle,
] as const;
