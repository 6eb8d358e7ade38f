"""Puts messages on a topic without a consumer, or counts them. Appended to kafka.py."""

if task["produce"]:
    producer = Producer(kafka)
    for number in range(task["produce"]):
        producer.produce(task["topic"], f"{task['mark']} {number}".encode(), headers={"service": "rehearsal"})
    print(task["produce"] - producer.flush(30))
else:
    consumer = Consumer({**kafka, "group.id": f"rehearsal-{task['mark']}", "enable.partition.eof": True})
    partitions = [
        TopicPartition(task["topic"], number, 0)
        for number in consumer.list_topics(task["topic"], timeout=30).topics[task["topic"]].partitions
    ]
    consumer.assign(partitions)
    seen, ended = set(), set()
    while len(ended) < len(partitions):
        message = consumer.poll(30)
        if message is None:
            sys.exit("Kafka does not answer")
        if message.error():
            ended.add(message.partition())
        elif message.value().startswith(task["mark"].encode()):
            seen.add(message.value())
    print(len(seen))
