"""
One run of the repair: makes Koku finish interrupted work, and tells what a person must do.

Each line that begins with `!` is one sentence for a person. Exits with 1 if it tells something for the first time, or
again after a day. Exits with 2 if a server does not answer for as long as a run may take. In a shorter outage no run
fails, and the repair announces dropped uploads as soon as the server answers.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime, timedelta

import psycopg2
from botocore.exceptions import BotoCoreError, ClientError
from confluent_kafka import KafkaException
from kombu.exceptions import OperationalError
from redis import RedisError

from announcements import Announcements
from database import Database
from memory import Memory, end_by_exception
from mend_months import MonthRepair
from mend_uploads import UploadRepair
from queues import heads, standing
from report import Report
from rules import Limits
from uploads import Uploads
from workers import Workers

#: Seconds until the next attempt, if a server does not answer.
PAUSE = 30

#: The server that does not answer, by the error of its client. Other errors are bugs here and end with a stack trace.
SERVERS: tuple[tuple[type[BaseException], str], ...] = (
    (psycopg2.OperationalError, "the database"),
    (psycopg2.InterfaceError, "the database"),
    (KafkaException, "Kafka"),
    (BotoCoreError, "the object store"),
    (ClientError, "the object store"),
    (OperationalError, "the cache"),
    (RedisError, "the cache"),
    (OSError, "masu, or the cache behind it,"),
)


def limits() -> Limits:
    """The limits from the variables of this container."""

    def number(name: str) -> float:
        return float(os.environ[name])

    return Limits(
        quiet=timedelta(minutes=number("QUIET_MINUTES")),
        working=timedelta(minutes=number("WORKING_MINUTES")),
        attempts=int(number("ATTEMPTS")),
        patience=timedelta(hours=number("PATIENCE_HOURS")),
        retention=timedelta(days=number("RETENTION_DAYS")),
        standing=timedelta(minutes=number("STANDING_MINUTES")),
    )


def tell_of_queues(workers: Workers, memory: Memory, now: datetime, report: Report) -> None:
    """Reports each queue from which its workers take nothing."""
    queues = workers.queues()
    memory.queues = heads(queues, memory.queues, now)
    # Ask the workers only if tasks wait, because that takes seconds and most queues are empty in most runs.
    busy = workers.answers().busy if memory.queues else {}
    for problem in standing(queues, memory.queues, busy, now, limits().standing):
        report.problem(problem)


def repair() -> int:
    """Runs once and returns the exit code. Connects first, so that no attempt counts while a server is down."""
    now, report = datetime.now(UTC), Report()
    workers, database, uploads, announcements = Workers(), Database(), Uploads(), Announcements()
    memory = Memory(uploads.remember())
    try:
        try:
            kept = UploadRepair(database, uploads, announcements, memory).run(now, limits(), report)
        except KafkaException:
            memory.outage = datetime.now(UTC)
            raise
        MonthRepair(database, workers, memory).run(kept, now, limits(), report)
        tell_of_queues(workers, memory, now, report)
        code, memory.told = report.end(memory.told, now)
        return code
    finally:
        uploads.memorise(memory.to_json())


def main() -> int:
    """Runs once; repeats the run while a server is down."""
    end_by_exception()
    end = time.monotonic() + 60 * float(os.environ["LONGEST_MINUTES"])
    while True:
        try:
            return repair()
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
