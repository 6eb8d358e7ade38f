"""Looks for uploads in the bucket and in the topic of announcements, and may remove them. Appended to kafka.py."""

import boto3

bucket = os.environ.get("S3_BUCKET_NAME") or task["bucket"]
client = boto3.client(
    "s3",
    endpoint_url=os.environ["S3_ENDPOINT"],
    region_name=os.environ["S3_REGION"],
    aws_access_key_id=os.environ["S3_ACCESS_KEY"],
    aws_secret_access_key=os.environ["S3_SECRET"],
)
pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket)
objects = {item["Key"]: item["Size"] for page in pages for item in page.get("Contents", [])}

announced = {}
consumer = Consumer({**kafka, "group.id": "rehearsal-found", "enable.auto.commit": False})
numbers = consumer.list_topics(task["topic"], timeout=30).topics[task["topic"]].partitions
if not numbers:
    sys.exit(f"the topic {task['topic']} does not exist")
for number in numbers:
    low, high = consumer.get_watermark_offsets(TopicPartition(task["topic"], number), timeout=30)
    consumer.assign([TopicPartition(task["topic"], number, low)])
    while low < high:
        message = consumer.poll(30)
        if message is None:
            sys.exit(f"Kafka did not answer within 30 s at {number}/{low}")
        if message.error():
            sys.exit(str(message.error()))
        low = message.offset() + 1
        try:
            request = json.loads(message.value())["request_id"]
        except (ValueError, KeyError, TypeError):
            continue
        announced[request] = announced.get(request, 0) + 1
consumer.close()

for key in task["remove"]:
    client.delete_object(Bucket=bucket, Key=key)
print(json.dumps({"objects": objects, "announced": announced}))
