"""
One run of the repair: announces reports again of which Kruize knows nothing, and removes those that it knows.

Each line that begins with `!` is one sentence for a person. Exits with 1 if it gave up a report, and with 2 if a server
does not answer for as long as a run may take.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import psycopg2
from botocore.exceptions import BotoCoreError, ClientError
from confluent_kafka import KafkaException

from reports import Limits, Measurements, Report, again, is_due, measurements, missing, reports
from servers import Bucket, Kruize, Topic

#: Seconds until the next attempt, if a server does not answer.
PAUSE = 30

#: The server that does not answer, by the error of its client. Other errors are bugs here and end with a stack trace.
SERVERS: tuple[tuple[type[BaseException], str], ...] = (
    (psycopg2.OperationalError, "Kruize's database"),
    (psycopg2.InterfaceError, "Kruize's database"),
    (KafkaException, "Kafka"),
    (BotoCoreError, "the object store"),
    (ClientError, "the object store"),
    (OSError, "Kruize"),
)


def expected(bucket: Bucket, report: Report, keys: list[str]) -> Measurements:
    """What the processor must tell Kruize of the stored files of a report."""
    found: Measurements = {}
    for key in keys:
        # The processor skips the files of whole projects, unless a server of feature flags tells it otherwise.
        if "namespace" not in key:
            for experiment, times in measurements(bucket.lines(key), report.announcement["metadata"]).items():
                found[experiment] = found.get(experiment, frozenset()) | times
    return found


def repair(limits: Limits) -> int:
    """Runs once and returns the exit code."""
    now, counts, lost = datetime.now(UTC), Counter[str](), 0
    kruize, topic, bucket = Kruize(), Topic(), Bucket()
    # Ask Kafka before listing the objects, so that Kafka announced none of the listed ones later.
    announced = reports(topic.messages())
    stored = bucket.stored()
    messages: list[bytes] = []
    for report in announced.values():
        keys = sorted(report.keys & stored.keys())
        if not keys:
            continue
        if not is_due(report, now, limits):
            counts["reports that the processor may be working on"] += 1
            continue
        must = expected(bucket, report, keys)
        number = missing(must, kruize.known(must)) if must else 0
        if not number:
            bucket.remove(keys)
            counts["processed reports removed"] += 1
        elif report.times < limits.attempts:
            messages.append(again(report, {key: bucket.address(key) for key in keys}))
            print(f"announced again, time {report.times}: {report.name()}; missing in Kruize: {number}", flush=True)
            counts["reports announced again"] += 1
        else:
            # Remove it, because the next run would tell the same.
            bucket.remove(keys)
            sentence = "was announced {} times, and Kruize knows nothing of parts of it: {}"
            print(f"! {report.name()} {sentence.format(report.times, number)}; rosocp-processor logs why", flush=True)
            lost += 1
    if messages:
        topic.announce(messages)
    waiting = {key for report in announced.values() if report.waits for key in report.keys}
    old = [key for key, moment in stored.items() if now - moment > limits.retention and key not in waiting]
    bucket.remove(old)
    counts["old objects removed"] += len(old)
    done = ", ".join(f"{what}: {count}" for what, count in sorted(counts.items()) if count)
    print(f"{done or 'nothing to do'}; given up: {lost}", flush=True)
    return 1 if lost else 0


def main() -> int:
    """Runs once; repeats the run while a server is down."""
    limits = Limits(
        pause=timedelta(minutes=float(os.environ["PAUSE_MINUTES"])),
        attempts=int(os.environ["ATTEMPTS"]),
        retention=timedelta(hours=float(os.environ["RETENTION_HOURS"])),
    )
    end = time.monotonic() + 60 * float(os.environ["LONGEST_MINUTES"])
    while True:
        try:
            return repair(limits)
        except tuple(kind for kind, _ in SERVERS) as error:
            server = next(name for kind, name in SERVERS if isinstance(error, kind))
            # Leave time for the next attempt itself.
            late = time.monotonic() + 3 * PAUSE > end
            when = "next time" if late else f"in {PAUSE} seconds"
            reason = " ".join(str(error).split())
            print(f"! {server} does not answer, and the repair tries again {when}: {reason}", flush=True)
            if late:
                return 2
        time.sleep(PAUSE)


if __name__ == "__main__":
    sys.exit(main())
