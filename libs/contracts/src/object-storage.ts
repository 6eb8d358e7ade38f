/** What is agreed on the object store: buckets, and how its clients sign and address. */
import { mergeable } from '@cost-onprem/kit/vocabulary';

/** Names of the buckets, by who uses them (facts/koku.md §5, facts/components.md §3.3); the only place where they stand. */
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

/** SigV4 always: for presigned addresses the client would otherwise use SigV2 (facts/koku.md §5). */
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
