/** The object store: where it is, its buckets, and how its clients sign and address. */
import { endpoints, mergeable, secret } from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';
import { caFile } from './trusted-ca.ts';

/** The usual port of S3 servers (tools/documentation/facts/decisions.md#ports). */
export const objectStorage = endpoints('object-storage', { s3: 9000 });

/**
 * Names of the buckets, by the application that uses them (tools/documentation/facts/koku.md#buckets,
 * tools/documentation/facts/ingress.md#its-bucket).
 */
export const buckets = {
  /** Reports as Koku splits them by day; Trino's tables where there is Trino. */
  koku: 'koku-report',
  /** What Koku passes on to the resource optimisation. */
  ros: 'ros-report',
  /** Uploads as they came in, until Koku has processed them. */
  ingress: 'insights-upload-perma',
} as const;

/**
 * Where an `ObjectBucketClaim` of this name exists there is one bucket with one key pair: everything then lies in it,
 * and the claim's ConfigMap tells its name. Keys of the different users never meet: Koku's begin with `data/`, the
 * resource optimisation's with the customer's schema, uploads are named for their request.
 */
export const bucketClaim = {
  name: 'object-storage',
  bucketName: { kind: 'ConfigMap', name: 'object-storage', key: 'BUCKET_NAME', optional: true },
} as const;

const folder = '/etc/aws';

type Style = 'path' | 'auto';

/**
 * Version 4 always: boto3 would sign addresses with version 2 (tools/documentation/facts/object-storage.md#signatures).
 */
const configuration = (style: Style) => `[default]
s3 =
    signature_version = s3v4
    addressing_style = ${style}
`;

/** The files that `AWS_CONFIG_FILE` may name. */
export const awsConfigurations = mergeable({
  name: 'aws-configuration',
  purpose: 'How clients of the object store sign and address: files of the AWS libraries.',
  settings: {
    path: { value: configuration('path'), purpose: 'https://host/bucket', setBy: 'stack' },
    auto: { value: configuration('auto'), purpose: 'https://bucket.host where the endpoint is AWS', setBy: 'stack' },
  },
});

/** The folder of every container that speaks to the object store. */
export const awsFolder = { mountPath: folder, configMaps: [awsConfigurations.name] } as const;

/** The file for a style of addresses. */
export const awsConfiguration = (style: Style): string => `${folder}/${style}`;

/** With this folder of overlays/ the object store is an external one, and a cluster says where it is. */
const elsewhere = 'object-storage/external';

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
      withOverlay: elsewhere,
      // Not the default ports, which clients leave out (tools/documentation/facts/object-storage.md#default-ports).
      pattern: /http:\/\/[a-z0-9.-]+(:(?!80$)[1-9][0-9]*)?|https:\/\/[a-z0-9.-]+(:(?!443$)[1-9][0-9]*)?/,
    },
    region: {
      value: 'us-east-1',
      purpose: 'Region of the buckets, which is signed too.',
      pattern: /[a-z0-9-]+/,
      withOverlay: elsewhere,
    },
    'aws-configuration': {
      value: awsConfiguration('path'),
      purpose: 'Style of addresses: /etc/aws/path (https://host/bucket), or /etc/aws/auto for AWS itself.',
      pattern: /\/etc\/aws\/(path|auto)/,
      withOverlay: elsewhere,
    },
    'ca-file': {
      ...caFile('For an object store with a certificate of a private CA; the whole list of what to trust.'),
      withOverlay: elsewhere,
    },
  },
});

/** The names of the keys are those that the Secret of an `ObjectBucketClaim` has. */
export const objectStorageCredentials = secret('object-storage', {
  AWS_ACCESS_KEY_ID: 20,
  AWS_SECRET_ACCESS_KEY: 40,
});

export const objectStorageClaim = 'object-storage-data';

export const objectStorageContract = contract({
  singletons: [objectStorage.s3.workload],
  claims: [objectStorageClaim],
  addresses: [{ to: objectStorage.s3, configMap: objectStorageAddress }],
  settings: [awsConfigurations],
  secrets: [objectStorageCredentials],
});
