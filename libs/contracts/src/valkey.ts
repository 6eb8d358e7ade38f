/** The cache, which is Koku's broker too. */
import { address, endpoints, secret } from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';
import { caFile } from './trusted-ca.ts';

export const valkey = endpoints('valkey', { redis: 6379 });

/** With this folder of overlays/ the cache is an external one, and a cluster says where it is. */
const elsewhere = 'options/external-redis';

/** Cache, broker and results of Koku. */
export const valkeyAddress = address('valkey', valkey.redis, elsewhere, {
  username: {
    purpose: 'User to log in as; left out where the password alone is asked for.',
    pattern: /\S+/,
    withOverlay: elsewhere,
  },
  tls: {
    purpose: 'True: connections are encrypted.',
    pattern: /True/,
    needs: ['ca-file'],
    withOverlay: elsewhere,
  },
  'ca-file': {
    ...caFile('The server’s certificate must be for its host name.'),
    needs: ['tls'],
    withOverlay: elsewhere,
  },
});

export const valkeyCredentials = secret('valkey-credentials', { password: 32 });

export const valkeyClaim = 'valkey-data';

export const valkeyContract = contract({
  singletons: [valkey.redis.workload],
  claims: [valkeyClaim],
  addresses: [valkeyAddress],
  secrets: [valkeyCredentials],
});
