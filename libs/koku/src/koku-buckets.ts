import { buckets, optionalBuckets } from '@cost-onprem/contracts';
import { mapValues, workload } from '@cost-onprem/kit';
import { objectStore } from './connections.ts';
import { folders } from './environment.ts';
import { image } from './image.ts';
import { listOf } from './lists.ts';
import { kokuSettings } from './settings.ts';

/** Seconds for which the Job retries while an object store starts. */
const patience = 120;

const name = 'koku-buckets';

const { files, pattern } = listOf(
  name,
  Object.values(mapValues(buckets, (text, key) => ({ text, onlyFor: optionalBuckets[key] }))),
);

/**
 * Writes and removes one object in each bucket, so that this Job finds missing permissions before the first upload does.
 * With a bucket claim it checks only that bucket, because the claim's account can create no other.
 */
const prepare = `import os, sys, time
from glob import glob
import boto3
from botocore.exceptions import BotoCoreError, ClientError

region = os.environ["S3_REGION"]
declared = [line.strip() for file in sorted(glob("${pattern}")) for line in open(file)]
names = [os.environ["S3_BUCKET_NAME"]] if os.environ.get("S3_BUCKET_NAME") else declared
if not names:
    sys.exit("no bucket is declared")
client = boto3.client(
    "s3", endpoint_url=os.environ["S3_ENDPOINT"], region_name=region,
    aws_access_key_id=os.environ["S3_ACCESS_KEY"], aws_secret_access_key=os.environ["S3_SECRET"],
)

def prepare(name):
    try:
        client.head_bucket(Bucket=name)
        print(f"bucket {name} exists")
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
            raise
        place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        client.create_bucket(Bucket=name, **place)
        print(f"bucket {name} created")
    client.put_object(Bucket=name, Key="cost-onprem-access-check", Body=b"")
    client.delete_object(Bucket=name, Key="cost-onprem-access-check")

until = time.monotonic() + ${patience}
for name in names:
    while True:
        try:
            prepare(name)
            break
        except (BotoCoreError, ClientError) as error:
            print(f"bucket {name}: {error}", file=sys.stderr, flush=True)
            if time.monotonic() > until:
                sys.exit(f"bucket {name} of {os.environ['S3_ENDPOINT']} is not usable")
            time.sleep(5)
`;

/**
 * Creates the buckets, because neither Koku nor ingress does (tools/documentation/facts/koku.md#buckets,
 * tools/documentation/facts/ingress.md#its-bucket).
 */
export const kokuBuckets = workload({
  name,
  purpose: 'Creates missing buckets, and checks that Koku may write to each.',
  kind: 'Job',
  image,
  wave: 'preparation',
  command: ['python3', '-c', prepare],
  settings: [kokuSettings],
  connects: [objectStore],
  contributions: folders,
  files,
});
