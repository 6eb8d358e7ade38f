"""Tries what the keys of one bucket must not allow. Appended to kafka.py."""

import boto3
from botocore.exceptions import ClientError

client = boto3.client(
    "s3",
    endpoint_url=os.environ["S3_ENDPOINT"],
    region_name=os.environ["S3_REGION"],
    aws_access_key_id=os.environ["S3_ACCESS_KEY"],
    aws_secret_access_key=os.environ["S3_SECRET"],
)
attempts = {
    "create a bucket": lambda: client.create_bucket(Bucket="another"),
    "list another account's bucket": lambda: client.list_objects_v2(Bucket=task["other"]),
    "write to another account's bucket": lambda: client.put_object(Bucket=task["other"], Key="ours", Body=b""),
}
allowed = []
for name, attempt in attempts.items():
    try:
        attempt()
        allowed.append(name)
    except ClientError as error:
        if error.response["Error"]["Code"] != "AccessDenied":
            raise
print(json.dumps(allowed))
