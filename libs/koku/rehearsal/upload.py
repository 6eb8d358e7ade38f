"""Does for an upload what ingress does: stores and announces it. Appended to kafka.py."""

import base64
import time

import boto3

answers = "platform.upload.validation"
bucket = os.environ.get("S3_BUCKET_NAME") or task["bucket"]
client = boto3.client(
    "s3",
    endpoint_url=os.environ["S3_ENDPOINT"],
    region_name=os.environ["S3_REGION"],
    aws_access_key_id=os.environ["S3_ACCESS_KEY"],
    aws_secret_access_key=os.environ["S3_SECRET"],
)
archive = base64.b64decode(task["archive"])
client.put_object(
    Bucket=bucket,
    Key=task["request"],
    Body=archive,
    ContentType="application/gzip",
    Metadata={"requestid": task["request"], "account": task["account"], "org": task["organisation"]},
)
url = client.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": task["request"]}, ExpiresIn=86400)

print("stored", flush=True)
time.sleep(task["hold"])
consumer = Consumer({**kafka, "group.id": f"rehearsal-{task['request']}"})
partitions = [TopicPartition(answers, number) for number in consumer.list_topics(answers, timeout=30).topics[answers].partitions]
for partition in partitions:
    partition.offset = consumer.get_watermark_offsets(partition, timeout=30)[1]
consumer.assign(partitions)
announcement = {
    "account": task["account"],
    "org_id": task["organisation"],
    "request_id": task["request"],
    "b64_identity": task["identity"],
    "category": "tar",
    "content_type": "application/vnd.redhat.hccm.tar+tgz",
    "service": "hccm",
    "size": len(archive),
    "url": url,
    "metadata": {"reporter": ""},
    "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
}
producer = Producer(kafka)
producer.produce(task["topic"], json.dumps(announcement).encode(), headers={"service": "hccm"})
if producer.flush(30):
    sys.exit("Kafka did not accept the announcement")

until = time.monotonic() + task["patience"]
while time.monotonic() < until:
    message = consumer.poll(1)
    if message is None or message.error():
        continue
    answer = json.loads(message.value())
    if answer["request_id"] == task["request"]:
        print(answer["validation"])
        break
else:
    print("silence")
