"""Decides what to do with an upload, or with a month without totals. Pure functions without connections."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

#: A file that Koku split by day: the kind of report, the day, and the manifest's number in Koku's database.
DAY_FILE = re.compile(r"(?P<kind>[a-z_]+)\.(?P<day>\d{4}-\d{2}-\d{2})\.\d+")


@dataclass(frozen=True)
class Limits:
    """How long everything may take. `libs/koku/src/repair-times.ts` says why."""

    quiet: timedelta
    working: timedelta
    attempts: int
    patience: timedelta
    retention: timedelta
    standing: timedelta

    def pause(self, attempts: int) -> timedelta:
        """The pause before the next attempt. It grows each time, because a repeated failure has a lasting cause."""
        return min(self.quiet * 2 ** min(attempts, 16), timedelta(days=1))


@dataclass(frozen=True)
class Attempts:
    """The number of attempts, and the time of the last one."""

    times: int = 0
    last: datetime | None = None


@dataclass(frozen=True)
class Payload:
    """Contents of an upload: its cluster, its manifest, the manifest's files, and which of these files it contains."""

    cluster: str
    manifest: str
    files: frozenset[str]
    held: frozenset[str]
    #: Files that it contains for the resource optimisation, and that Koku passes on without reading them.
    passed_on: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Upload:
    """One object that ingress stored. It has no payload if the repair could not read it."""

    request: str
    stored: datetime
    organisation: str
    account: str
    payload: Payload | None
    announced: Attempts = Attempts()


@dataclass(frozen=True)
class Manifest:
    """What Koku knows of a manifest."""

    number: int
    uuid: str
    provider: str
    cluster: str
    schema: str
    created: datetime
    completed: bool
    daily: bool
    billing_month: date
    #: How often Koku split each file of a day; more than once if Koku began a second time.
    tracker: dict[str, int]
    processed: frozenset[str]
    #: Files that Koku has registered but not finished.
    unprocessed: frozenset[str]
    #: When Koku last worked on it.
    sign_of_life: datetime

    def day_files(self) -> list[tuple[str, date, int]]:
        """For each file of a day: its kind, the day, and how often Koku split it."""
        matches = [(DAY_FILE.fullmatch(name), times) for name, times in self.tracker.items()]
        return [(found["kind"], date.fromisoformat(found["day"]), times) for found, times in matches if found]

    def days(self) -> list[date]:
        """Days with data. If the files are not split by day: the first and the last day of the month."""
        if not self.daily:
            return [self.billing_month, next_month(self.billing_month) - timedelta(days=1)]
        return sorted({day for _, day, _ in self.day_files()})


#: `read`: the first that the listener has not confirmed; it works on it or has skipped it. `queued`: a later one.
Place = Literal["read", "queued", None]


@dataclass(frozen=True)
class Problem:
    """A sentence that tells what a person must do, and its subject. Each subject fails one run a day."""

    about: str
    sentence: str


@dataclass(frozen=True)
class Decision:
    """What the repair does, and what is left to a person."""

    action: Literal["leave", "announce", "finish", "forget"]
    problem: Problem | None = None


def next_month(day: date) -> date:
    """The first day of the next month."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def minutes(moment: datetime) -> str:
    """A moment in a form for people."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def decide(
    upload: Upload,
    has_source: bool,
    known: Manifest | None,
    held: frozenset[str],
    place: Place,
    now: datetime,
    limits: Limits,
    outage: datetime | None = None,
    not_passed_on: frozenset[str] = frozenset(),
) -> Decision:
    """
    Decides about one upload that is older than `limits.quiet`.

    When the listener has confirmed an announcement, it has finished with the upload. If Koku then does not know the
    manifest, the listener dropped the upload; if Koku knows it, its state says how far Koku came.

    :param held: files that all uploads of this manifest contain together
    :param outage: when Kafka last did not answer, because ingress delivers its waiting announcements after that
        (tools/documentation/facts/ingress.md#announcements-wait-in-memory)
    :param not_passed_on: files for the resource optimisation that Koku has not announced to it
    """
    age, payload = now - upload.stored, upload.payload
    name = f"upload {upload.request} of organisation {upload.organisation}"
    if not payload:
        # Do not remove it, because the bucket may be shared and the object may belong to another application.
        told = Problem(name, f"{name} is no payload that Koku could read, and stays in the bucket")
        return Decision("leave", told if age <= limits.patience else None)
    if place == "queued":
        return Decision("leave")
    moments = (upload.stored, upload.announced.last, outage, known and known.sign_of_life)
    last = max(moment for moment in moments if moment)
    in_work = place == "read" and now - last < limits.working
    overdue, old = age > limits.patience, age > limits.retention
    in_vain = upload.announced.times >= limits.attempts
    what = f"{name} was announced {upload.announced.times} times, and Koku has not"
    if known and known.completed:
        if in_work:
            return Decision("leave")
        if not not_passed_on:
            return Decision("finish")
        sentence = f"{what} passed on {', '.join(sorted(not_passed_on))}; the log of koku-listener says why"
        problem = Problem(name, sentence) if in_vain else None
        if in_vain and overdue:
            return Decision("finish", problem)
    elif not has_source:
        problem = without_source(upload, payload, limits) if overdue else None
        return Decision("forget" if old else "leave", problem)
    else:
        missing = payload.files - known.processed if known else payload.files
        if absent := missing - held:
            sentence = f"{name} waits for others of manifest {payload.manifest}, with {', '.join(sorted(absent))}"
            return Decision("forget" if old else "leave", Problem(name, sentence) if overdue else None)
        # Its files are in the database. The other half of the repair takes care of their totals.
        if known and not missing & payload.held:
            return Decision("forget" if old else "leave")
        sentence = f"{what} processed it (manifest {payload.manifest}); the log of koku-listener says why"
        problem = Problem(name, sentence) if in_vain else None
        # An upload may be old because Koku or Kafka was away for so long, so it gets its attempts first.
        if in_vain and old:
            return Decision("forget", problem)
    if in_work or now - last < limits.pause(upload.announced.times):
        return Decision("leave", problem)
    return Decision("announce", problem)


def without_source(upload: Upload, payload: Payload, limits: Limits) -> Problem:
    """The problem of a cluster without a source in Koku."""
    name = f"cluster {payload.cluster} of organisation {upload.organisation}"
    since, end = minutes(upload.stored), minutes(upload.stored + limits.retention)
    return Problem(
        name,
        f"{name} has no source, and sends uploads since {since}; add the source, or the first is lost at {end}",
    )


@dataclass(frozen=True)
class Month:
    """A month of a cluster whose totals Koku must make again."""

    provider: str
    month: date

    def key(self) -> str:
        """Its key in the memory of the repair."""
        return f"{self.provider}/{self.month:%Y-%m}"


def months(manifests: list[Manifest]) -> dict[Month, tuple[date, date]]:
    """The first and the last day to summarise, for each month, because Koku has one lock per month."""
    days: dict[Month, list[date]] = defaultdict(list)
    for manifest in manifests:
        for day in manifest.days():
            days[Month(manifest.provider, day.replace(day=1))].append(day)
    return {month: (min(found), max(found)) for month, found in sorted(days.items(), key=lambda item: item[0].key())}


@dataclass(frozen=True)
class RunningTask:
    """A task that a worker runs now."""

    started: datetime
    arguments: str


@dataclass(frozen=True)
class Lock:
    """A lock row of Koku, which keeps two workers from making the same totals at the same time."""

    key: str
    #: The host name of the worker that took it, in Python's pickle format.
    holder: bytes
    taken: datetime
    expires: datetime

    def is_held_by(self, host: str) -> bool:
        """Compares the bytes and does not unpickle them, because unpickling could run arbitrary code."""
        return self.holder.endswith(b"\x8c" + bytes([len(host)]) + host.encode() + b"\x94.")


#: The clocks of two nodes differ by less than this.
CLOCKS = timedelta(minutes=1)


def abandoned(lock: Lock, provider: str, running: dict[str, list[RunningTask]], now: datetime) -> bool:
    """
    Whether the task that took a lock was killed while its worker still runs. Koku frees the locks of dead workers
    itself, but lets such a lock expire. A task of the same cluster that started later only waits for the lock.
    """
    if now - lock.taken < 2 * CLOCKS:
        return False
    return any(
        not any(provider in task.arguments and task.started < lock.taken + CLOCKS for task in tasks)
        for host, tasks in running.items()
        if lock.is_held_by(host)
    )
