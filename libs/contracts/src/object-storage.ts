/** The object store: its address, its buckets, and how its clients sign and address requests. */
import {
  endpoints,
  host,
  mergeable,
  ofPods,
  podPort,
  secret,
  tcpPort,
  type Purpose,
} from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';
import { caFile } from './trusted-ca.ts';

/** The usual port of S3 servers (tools/documentation/facts/decisions.md#ports). */
export const objectStorage = endpoints('object-storage', { s3: 9000 });

/**
 * Names of the buckets, by the application that uses them (tools/documentation/facts/koku.md#buckets,
 * tools/documentation/facts/ingress.md#its-bucket).
 */
export const buckets = {
  /** Reports that Koku has split by day, and with Trino its tables. */
  koku: 'koku-report',
  /** Files that Koku passes on to the resource optimisation. */
  ros: 'ros-report',
  /** Original uploads, until Koku has processed them. */
  ingress: 'insights-upload-perma',
} as const;

/** What a bucket is there for, where a cluster may do without that. */
export const optionalBuckets: Readonly<Partial<Record<keyof typeof buckets, Purpose>>> = {
  ros: 'resource-optimization',
};

/**
 * If an `ObjectBucketClaim` of this name exists, there is one bucket with one key pair for everything, and the claim's
 * ConfigMap has its name. The users' object keys do not collide: Koku's begin with `data/`, the resource optimisation's
 * with the customer's schema, and an upload's key is its request.
 */
export const bucketClaim = {
  name: 'object-storage',
  bucketName: { kind: 'ConfigMap', name: 'object-storage', key: 'BUCKET_NAME', optional: true },
} as const;

const folder = '/etc/aws';

type Style = 'path' | 'auto';

/**
 * Stores that are not AWS's may refuse the checksums that boto3 adds, so it adds none but those that S3 requires
 * (tools/documentation/facts/object-storage.md#checksums).
 */
const checksums: Readonly<Record<Style, string>> = {
  path: 'request_checksum_calculation = when_required\nresponse_checksum_validation = when_required\n',
  auto: '',
};

/**
 * Always version 4, because boto3 would sign addresses with version 2
 * (tools/documentation/facts/object-storage.md#signatures).
 */
const configuration = (style: Style) => `[default]
${checksums[style]}s3 =
    signature_version = s3v4
    addressing_style = ${style}
`;

/** The files that the variable `AWS_CONFIG_FILE` may name. */
export const awsConfigurations = mergeable({
  name: 'aws-configuration',
  purpose: 'How clients of the object store sign, check and address requests: files of the AWS libraries.',
  settings: {
    path: {
      value: configuration('path'),
      purpose: 'Addresses such as https://host/bucket, and no checksums that only AWS knows.',
      setBy: 'stack',
    },
    auto: {
      value: configuration('auto'),
      purpose: 'Addresses such as https://bucket.host if the endpoint is AWS.',
      setBy: 'stack',
    },
  },
});

/** The folder of every container that connects to the object store. */
export const awsFolder = { mountPath: folder, configMaps: [awsConfigurations.name] } as const;

/** The file for a style of addresses. */
export const awsConfiguration = (style: Style): string => `${folder}/${style}`;

/** With this folder of overlays/ the object store is external, and the cluster sets its address. */
const elsewhere = 'object-storage/external';

/** The object store's address. All of Koku uses one account, which may be limited to the buckets of `buckets`. */
export const objectStorageAddress = mergeable({
  name: 'object-storage-endpoint',
  purpose: 'Where clients find the object store.',
  settings: {
    host: {
      value: `${objectStorage.s3.workload}:${objectStorage.s3.number}`,
      purpose: 'Host, without a scheme. Leave out the default port of the scheme, because signatures would not match.',
      example: 's3.example.com',
      setBy: 'cluster',
      withOverlay: elsewhere,
      // ROS takes each file from an address with that word for one about projects, and drops it
      // (tools/documentation/facts/ros.md#files-by-their-address).
      type: 'host name or IPv4 address without the word namespace, and a port that is not the default of the scheme',
      pattern: new RegExp(`(?!.*namespace)${host}(:(${tcpPort.pattern.source}))?`),
      // Clients leave out the default ports (tools/documentation/facts/object-storage.md#default-ports).
      follows: {
        key: 'scheme',
        values: {
          http: { type: 'without :80, the default port of http', pattern: /.*(?<!:80)/ },
          https: { type: 'without :443, the default port of https', pattern: /.*(?<!:443)/ },
        },
      },
      replaces: 'url',
    },
    // HTTPS is the default for an external store. The overlay of our own store patches both, because a cluster's merge cannot
    // override what an overlay patches (tools/documentation/facts/kustomize.md#overlays-override-clusters).
    scheme: {
      value: 'https',
      purpose: 'Scheme of the address. Our own store has http.',
      type: 'http or https',
      pattern: /https?/,
      withOverlay: elsewhere,
      replaces: 'url',
    },
    tls: {
      value: 'true',
      purpose: 'Whether clients use TLS, for programs that read a boolean. Our own store has none.',
      type: 'true or false',
      pattern: /true|false/,
      withOverlay: elsewhere,
      follows: {
        key: 'scheme',
        values: { http: { type: 'false', pattern: /false/ }, https: { type: 'true', pattern: /true/ } },
      },
      replaces: 'url',
    },
    [podPort]: { ...ofPods, withOverlay: elsewhere },
    region: {
      value: 'us-east-1',
      purpose: 'Region of the buckets, which is part of the signature.',
      pattern: /[a-z0-9-]+/,
      withOverlay: elsewhere,
    },
    'aws-configuration': {
      value: awsConfiguration('path'),
      purpose:
        'Style of requests: /etc/aws/path (https://host/bucket, no checksums in trailers), or /etc/aws/auto for AWS itself.',
      pattern: /\/etc\/aws\/(path|auto)/,
      withOverlay: elsewhere,
    },
    'ca-file': {
      ...caFile(
        'For an object store with a certificate of a private CA. The file must have all certificates to trust.',
      ),
      withOverlay: elsewhere,
    },
  },
});

/** The names of the keys are those of the Secret of an `ObjectBucketClaim`. */
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
