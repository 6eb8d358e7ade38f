"""Puts a message that no program can process at the head of a partition, for one group. Appended to kafka.py."""

offsets = []


def delivered(error, message):
    if error:
        sys.exit(f"Kafka refuses the message: {error}")
    offsets.append(message.offset())


producer = Producer(kafka)
producer.produce(task["topic"], b"not JSON", partition=task["partition"], on_delivery=delivered)
producer.flush(30)
if not offsets:
    sys.exit("Kafka does not answer")
consumer = Consumer({**kafka, "group.id": task["group"]})
consumer.commit(offsets=[TopicPartition(task["topic"], task["partition"], offsets[0])], asynchronous=False)
print(offsets[0])
