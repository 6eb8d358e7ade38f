/** The cache, which is also Koku's broker. */
import { address, endpoints, secret } from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';
import { caFile } from './trusted-ca.ts';

export const valkey = endpoints('valkey', { redis: 6379 });

/** With this folder of overlays/ the cache is external, and the cluster sets its address. */
const elsewhere = 'options/external-redis';

/** The address of Koku's cache, broker and results. */
export const valkeyAddress = address('valkey', valkey.redis, elsewhere, {
  username: {
    purpose: 'User to log in as. Default: none, if the server asks only for the password.',
    pattern: /\S+/,
    withOverlay: elsewhere,
  },
  tls: {
    purpose: 'True: clients encrypt their connections.',
    pattern: /True/,
    needs: ['ca-file'],
    withOverlay: elsewhere,
  },
  'ca-file': {
    ...caFile('The server’s certificate must name its host.'),
    needs: ['tls'],
    withOverlay: elsewhere,
  },
});

export const valkeyCredentials = secret('valkey-credentials', { password: 32 });

/**
 * A command for images that have bash and no client of Redis: any answer to PING, without TLS.
 * @param host name of the variable with the server's host; `port` likewise
 */
export const valkeyAnswers = (host: string, port: string): readonly string[] => [
  'bash',
  '-c',
  `exec 3<>"/dev/tcp/$${host}/$${port}" && printf 'PING\\r\\n' >&3 && read -r -t 3 answer <&3 && [[ $answer == +PONG* || $answer == -NOAUTH* ]]`,
];

export const valkeyClaim = 'valkey-data';

export const valkeyContract = contract({
  singletons: [valkey.redis.workload],
  claims: [valkeyClaim],
  addresses: [valkeyAddress],
  secrets: [valkeyCredentials],
});
