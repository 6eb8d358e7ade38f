"""Copies the objects of buckets, with their metadata, between the object store and a tar file.

Runs in a pod of Koku, which has the store's address, keys, CA and client settings. `backup <bucket>…` writes the file to
stdout. `restore <bucket>…` reads it from stdin, and then deletes the objects of these buckets that the file lacks.
"""

import json
import os
import sys
import tarfile

import boto3
from boto3.s3.transfer import TransferConfig

client = boto3.client(
    "s3",
    endpoint_url=os.environ["S3_ENDPOINT"],
    region_name=os.environ["S3_REGION"],
    aws_access_key_id=os.environ["S3_ACCESS_KEY"],
    aws_secret_access_key=os.environ["S3_SECRET"],
)
# A field of our own in the tar file, because the path in a tar file loses a slash at the end of a key.
field = "COST.object"
# A bucket claim gives one bucket, whatever its name, and clients use it in place of all others.
claimed = os.environ.get("S3_BUCKET_NAME")


class Forwards:
    """A file without seek(): boto3 then reads a member of a tar stream from its start to its end."""

    def __init__(self, file):
        self.read = file.read


def keys(bucket):
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        yield from (entry["Key"] for entry in page.get("Contents", []))


def backup(buckets):
    count = 0
    with tarfile.open(fileobj=sys.stdout.buffer, mode="w|") as archive:
        for bucket in buckets:
            for key in keys(bucket):
                found = client.get_object(Bucket=bucket, Key=key)
                entry = tarfile.TarInfo(f"{bucket}/{key}")
                entry.size = found["ContentLength"]
                entry.mtime = int(found["LastModified"].timestamp())
                extra = {name: found[name] for name in ("Metadata", "ContentType") if found.get(name)}
                entry.pax_headers = {field: json.dumps({"bucket": bucket, "key": key, "extra": extra})}
                archive.addfile(entry, found["Body"])
                count += 1
    return count


def restore(buckets):
    restored = {bucket: set() for bucket in buckets}
    with tarfile.open(fileobj=sys.stdin.buffer, mode="r|") as archive:
        for entry in archive:
            said = json.loads(entry.pax_headers[field])
            bucket = claimed or said["bucket"]
            if bucket not in restored:
                sys.exit(f"the file has objects of the bucket {bucket}; name all its buckets: {' '.join(buckets)} …")
            body = Forwards(archive.extractfile(entry))
            client.upload_fileobj(
                body, bucket, said["key"], ExtraArgs=said["extra"], Config=TransferConfig(use_threads=False)
            )
            restored[bucket].add(said["key"])
    # Last, so that a damaged file deletes nothing.
    for bucket, kept in restored.items():
        for key in [key for key in keys(bucket) if key not in kept]:
            client.delete_object(Bucket=bucket, Key=key)
    return sum(len(kept) for kept in restored.values())


task, *names = sys.argv[1:]
number = {"backup": backup, "restore": restore}[task]([claimed] if claimed else names)
print(f"{number} objects", file=sys.stderr)
