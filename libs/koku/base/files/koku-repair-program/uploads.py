"""The uploads that ingress stored, and the repair's memory in the same bucket."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import boto3
from botocore.exceptions import ClientError

from memory import KEY, UPLOAD_MARK, lower_case, read_memory
from payload import read_payload
from rules import Payload

#: Seconds for which an announced address stays valid, as in ingress.
ADDRESS_LIFETIME = 24 * 60 * 60


class Refused(Exception):
    """The store answers but refuses this object: it is archived, belongs to another account, or was just removed."""


class Uploads:
    """The bucket of ingress. If all applications share one bucket, it also contains objects of others."""

    def __init__(self) -> None:
        e = os.environ
        self.bucket = e.get("S3_BUCKET_NAME") or e["INGRESS_BUCKET"]
        self.client = boto3.client(
            "s3",
            endpoint_url=e["S3_ENDPOINT"],
            region_name=e["S3_REGION"],
            aws_access_key_id=e["S3_ACCESS_KEY"],
            aws_secret_access_key=e["S3_SECRET"],
        )

    def _page(self, prefix: str) -> Iterator[dict[str, Any]]:
        pages = self.client.get_paginator("list_objects_v2")
        yield from pages.paginate(Bucket=self.bucket, Prefix=prefix, Delimiter="/")

    def stored(self) -> dict[str, datetime]:
        """
        The time of each object that may be an upload. A request is called <ingress pod>/<number>, or
        what its client chose. Deeper objects belong to other applications, so this does not list them.
        """
        found: dict[str, datetime] = {}
        below: list[str] = []
        for page in self._page(""):
            found |= {item["Key"]: item["LastModified"] for item in page.get("Contents", [])}
            below += [item["Prefix"] for item in page.get("CommonPrefixes", [])]
        for prefix in below:
            for page in self._page(prefix):
                found |= {item["Key"]: item["LastModified"] for item in page.get("Contents", [])}
        found.pop(KEY, None)
        return found

    def read(self, key: str) -> tuple[str, str, Payload | None] | None:
        """Organisation, account and payload of an upload; None for an object without ingress' mark."""
        try:
            answer = self.client.get_object(Bucket=self.bucket, Key=key)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] >= 500:
                raise
            raise Refused(error.response["Error"]["Code"]) from error
        marks = lower_case(answer["Metadata"])
        if marks.get(UPLOAD_MARK) != key:
            answer["Body"].close()
            return None
        with tempfile.TemporaryFile() as copy:
            for part in answer["Body"].iter_chunks(1024 * 1024):
                copy.write(part)
            copy.seek(0)
            return marks.get("org", ""), marks.get("account", ""), read_payload(copy)

    def address(self, key: str) -> str:
        """A presigned address, as ingress announces it."""
        return self.client.generate_presigned_url(
            "get_object", Params={"Bucket": self.bucket, "Key": key}, ExpiresIn=ADDRESS_LIFETIME
        )

    def remove(self, key: str) -> None:
        """Removes one object permanently."""
        self.client.delete_object(Bucket=self.bucket, Key=key)

    def remember(self) -> dict[str, Any]:
        """What the last run stored."""
        try:
            answer = self.client.get_object(Bucket=self.bucket, Key=KEY)
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchKey":
                raise
            return {}
        return read_memory(answer["Body"].read(), answer["Metadata"])

    def memorise(self, memory: dict[str, Any]) -> None:
        """Stores the memory for the next run."""
        self.client.put_object(
            Bucket=self.bucket, Key=KEY, Body=json.dumps(memory).encode(), ContentType="application/json"
        )
