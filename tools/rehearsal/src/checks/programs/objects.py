"""Writes to a bucket, or empties it, and prints what is in it. Runs in a pod of Koku; its input is JSON."""

import hashlib
import json
import os
import sys

import boto3

task = json.load(sys.stdin)

client = boto3.client(
    "s3",
    endpoint_url=os.environ["S3_ENDPOINT"],
    region_name=os.environ["S3_REGION"],
    aws_access_key_id=os.environ["S3_ACCESS_KEY"],
    aws_secret_access_key=os.environ["S3_SECRET"],
)
bucket = os.environ.get("S3_BUCKET_NAME") or os.environ["REQUESTED_BUCKET"]


def read(key):
    found = client.get_object(Bucket=bucket, Key=key)
    return [key, found["Metadata"], found["ContentType"], hashlib.sha256(found["Body"].read()).hexdigest()]


for key, content in task.get("write", {}).items():
    client.put_object(Bucket=bucket, Key=key, Body=content.encode(), Metadata={"manifestid": "7"}, ContentType="text/csv")
found = [entry["Key"] for entry in client.list_objects_v2(Bucket=bucket).get("Contents", [])]
for key in found if task.get("empty") else []:
    client.delete_object(Bucket=bucket, Key=key)
print(json.dumps([] if task.get("empty") else [read(key) for key in found]))
