/** Who listens where. The only place where a port number is written. */
import { address, endpoints, mergeable, type Endpoint } from '@cost-onprem/kit/vocabulary';
import { dbKokuAddress, dbKokuReadsAddress } from './databases.ts';
import { awsConfiguration } from './object-storage.ts';
import type { KokuWorkerName } from './koku-workers.ts';
import { caFile } from './trusted-ca.ts';

/** Ports are constants in Koku's code: 8000 for the API, 9000 for probes and metrics (facts/koku.md §6). */
const kokuApi = { http: 8000, metrics: 9000 } as const;

export const kokuApiReads = endpoints('koku-api-reads', kokuApi);
export const kokuApiWrites = endpoints('koku-api-writes', kokuApi);

/** Without authentication: never routed from outside (facts/koku.md §8, trap 12). */
export const kokuMasu = endpoints('koku-masu', kokuApi);

/** Processes without an API: probes and metrics, on the same constant port. */
const kokuProcess = { metrics: kokuApi.metrics } as const;

export const kokuListener = endpoints('koku-listener', kokuProcess);
export const kokuSourcesListener = endpoints('koku-sources-listener', kokuProcess);

/** Every worker answers probes and Prometheus, and nothing else. */
export const kokuWorkerEndpoints = (name: KokuWorkerName) => endpoints(name, kokuProcess);

/** What tells Prometheus of those that do not tell it themselves. */
export const kokuLagExporter = endpoints('koku-lag-exporter', kokuProcess);
export const valkeyExporter = endpoints('valkey-exporter', { metrics: 9121 });

/** spec.md §2, row 3. */
export const kokuGateway = endpoints('koku-gateway', { http: 8000 });

export const valkey = endpoints('valkey', { redis: 6379 });

/** spec.md §2, row 25: plain inside, for Koku cannot do TLS without SASL (facts/koku.md §1.3). */
export const kafka = endpoints('kafka', { client: 29092 });

/** spec.md §2, row 26. */
export const objectStorage = endpoints('object-storage', { s3: 9000 });

/** spec.md §2, rows 16 and 22; the gateway must know them before their libraries exist. */
export const rosocpApi = endpoints('rosocp-api', { http: 8000 });
export const ingress = endpoints('ingress', { http: 3000 });

/** With which folders of overlays/ a server is somebody else's, and a cluster says where it is. */
const elsewhere = {
  redis: 'options/external-redis',
  kafka: 'kafka/external',
  objectStorage: 'object-storage/external',
} as const;

/** Cache, broker and results of Koku. */
export const valkeyAddress = address('valkey', valkey.redis, elsewhere.redis, {
  username: {
    purpose: 'User to log in as; left out where the password alone is asked for.',
    pattern: /\S+/,
    onlyWith: elsewhere.redis,
  },
  tls: {
    purpose: 'True: connections are encrypted.',
    pattern: /True/,
    needs: ['ca-file'],
    onlyWith: elsewhere.redis,
  },
  'ca-file': {
    ...caFile('The server’s certificate must be for its host name.'),
    needs: ['tls'],
    onlyWith: elsewhere.redis,
  },
});

/** A Kafka of ours asks for no password: policies keep strangers away. */
const sasl = { needs: ['security-protocol', 'sasl-mechanism', 'sasl-username'], onlyWith: elsewhere.kafka } as const;

/** Kafka, in one of the three ways that Koku can speak to it. */
export const kafkaAddress = address('kafka', kafka.client, elsewhere.kafka, {
  'security-protocol': {
    purpose:
      'How to log in: SASL_PLAINTEXT, or SASL_SSL with TLS. Left out: PLAINTEXT. Koku cannot do SSL without SASL.',
    pattern: /SASL_PLAINTEXT|SASL_SSL/,
    ...sasl,
  },
  'sasl-mechanism': {
    purpose: 'Mechanism of SASL; the password is in the Secret kafka-credentials.',
    pattern: /PLAIN|SCRAM-SHA-256|SCRAM-SHA-512/,
    ...sasl,
  },
  'sasl-username': { purpose: 'User of SASL.', pattern: /\S+/, ...sasl },
  'ca-file': { ...caFile('For SASL_SSL where a private CA signed the brokers’ certificates.'), ...sasl },
});

/** The object store; one account for all of Koku, which may be limited to the buckets of `buckets`. */
export const objectStorageAddress = mergeable({
  name: 'object-storage-endpoint',
  purpose: 'Where clients find the object store.',
  settings: {
    url: {
      value: `http://${objectStorage.s3.workload}:${objectStorage.s3.number}`,
      purpose: 'Address, without the port where it is the scheme’s own: signatures would not match.',
      example: 'https://s3.example.com',
      setBy: 'cluster',
      onlyWith: elsewhere.objectStorage,
      // Not the default ports, which clients leave out of what they sign (spec.md §8).
      pattern: /http:\/\/[a-z0-9.-]+(:(?!80$)[1-9][0-9]*)?|https:\/\/[a-z0-9.-]+(:(?!443$)[1-9][0-9]*)?/,
    },
    region: {
      value: 'us-east-1',
      purpose: 'Region of the buckets, which is signed too.',
      pattern: /[a-z0-9-]+/,
      onlyWith: elsewhere.objectStorage,
    },
    'aws-configuration': {
      value: awsConfiguration('path'),
      purpose: 'Style of addresses: /etc/aws/path (https://host/bucket), or /etc/aws/auto for AWS itself.',
      pattern: /\/etc\/aws\/(path|auto)/,
      onlyWith: elsewhere.objectStorage,
    },
    'ca-file': {
      ...caFile('For an object store with a certificate of a private CA; the whole list of what to trust.'),
      onlyWith: elsewhere.objectStorage,
    },
  },
});

/** Servers that may be elsewhere: the ConfigMap in which clients look, and the endpoint whose label they bear. */
export const movable: readonly { readonly configMap: string; readonly to: Endpoint }[] = [
  ...[dbKokuAddress, dbKokuReadsAddress, valkeyAddress, kafkaAddress].map(({ configMap, to }) => ({
    configMap: configMap.name,
    to,
  })),
  { configMap: objectStorageAddress.name, to: objectStorage.s3 },
];
