"""What is to be done with an upload, or with a month that has no totals: rules alone, connected to nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

#: A file that Koku has split by day: what is in it, the day, the manifest's number in Koku's database.
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
        """Before the next attempt: longer each time, for what failed twice has a reason."""
        return min(self.quiet * 2 ** min(attempts, 16), timedelta(days=1))


@dataclass(frozen=True)
class Attempts:
    """How often something was tried, and when last."""

    times: int = 0
    last: datetime | None = None


@dataclass(frozen=True)
class Payload:
    """What an upload says of itself: its cluster, its manifest and that one's files, and which of them it holds."""

    cluster: str
    manifest: str
    files: frozenset[str]
    held: frozenset[str]


@dataclass(frozen=True)
class Upload:
    """One object that ingress has stored; without a payload it could not be read."""

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
    #: How often each file of a day was split; more than the files that there are when Koku began a second time.
    tracker: dict[str, int]
    processed: frozenset[str]
    #: Files that Koku has begun to know, and not finished.
    unprocessed: frozenset[str]
    #: When Koku last did anything with it.
    sign_of_life: datetime

    def day_files(self) -> list[tuple[str, date, int]]:
        """What is in it, the day, and how often it was split."""
        matches = [(DAY_FILE.fullmatch(name), times) for name, times in self.tracker.items()]
        return [(found["kind"], date.fromisoformat(found["day"]), times) for found, times in matches if found]

    def days(self) -> list[date]:
        """Days that it has data for; all of its month where its files are not split by day."""
        if not self.daily:
            return [self.billing_month, next_month(self.billing_month) - timedelta(days=1)]
        return sorted({day for _, day, _ in self.day_files()})


#: `read`: at the head of what the listener has not confirmed: in work, or passed over. `queued`: behind that.
Place = Literal["read", "queued", None]


@dataclass(frozen=True)
class Problem:
    """What a person must do, and what it is about: the same thing is told once a day."""

    about: str
    sentence: str


@dataclass(frozen=True)
class Decision:
    """What to do, and what is left to a person."""

    action: Literal["leave", "announce", "finish", "forget"]
    problem: Problem | None = None


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def minutes(moment: datetime) -> str:
    """A moment, as people read it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def decide(
    upload: Upload,
    has_source: bool,
    known: Manifest | None,
    held: frozenset[str],
    place: Place,
    now: datetime,
    limits: Limits,
) -> Decision:
    """
    Decides about one upload that is older than `limits.quiet`.

    An announcement that the listener has confirmed was dealt with, one way or the other; so what Koku does not know
    then was dropped, and what it knows tells how far it came.

    :param held: files that all uploads of this manifest hold together
    """
    age, payload = now - upload.stored, upload.payload
    name = f"upload {upload.request} of organisation {upload.organisation}"
    if not payload:
        # The bucket may be shared, and what Koku cannot read is not Koku's to remove.
        told = Problem(name, f"{name} is no payload that Koku could read, and stays in the bucket")
        return Decision("leave", told if age <= limits.patience else None)
    if age > limits.retention:
        return Decision("forget")
    if place == "queued":
        return Decision("leave")
    moments = (upload.stored, upload.announced.last, known and known.sign_of_life)
    last = max(moment for moment in moments if moment)
    in_work = place == "read" and now - last < limits.working
    if known and known.completed:
        return Decision("leave" if in_work else "finish")
    overdue = age > limits.patience
    if not has_source:
        return Decision("leave", without_source(upload, payload, limits) if overdue else None)
    missing = payload.files - known.processed if known else payload.files
    if absent := missing - held:
        sentence = f"{name} waits for others of manifest {payload.manifest}, with {', '.join(sorted(absent))}"
        return Decision("leave", Problem(name, sentence) if overdue else None)
    # Its files are in the database: their totals are the other half of the repair.
    if known and not missing & payload.held:
        return Decision("leave")
    in_vain = None
    if upload.announced.times >= limits.attempts:
        in_vain = Problem(
            name,
            f"{name} was announced {upload.announced.times} times, and Koku has not processed it "
            f"(manifest {payload.manifest}); the log of koku-listener says why",
        )
    if in_work or now - last < limits.pause(upload.announced.times):
        return Decision("leave", in_vain)
    return Decision("announce", in_vain)


def without_source(upload: Upload, payload: Payload, limits: Limits) -> Problem:
    """What a person must know of a cluster that Koku does not know."""
    name = f"cluster {payload.cluster} of organisation {upload.organisation}"
    since, end = minutes(upload.stored), minutes(upload.stored + limits.retention)
    return Problem(
        name,
        f"{name} has no source, and sends uploads since {since}; add the source, or the first is lost at {end}",
    )


@dataclass(frozen=True)
class Month:
    """A month of a cluster whose totals must be made again, and from which day to which."""

    provider: str
    month: date

    def key(self) -> str:
        """Its name in the memory of the repair."""
        return f"{self.provider}/{self.month:%Y-%m}"


def months(manifests: list[Manifest]) -> dict[Month, tuple[date, date]]:
    """The first and the last day of what must be summarised, by month, for Koku keeps a lock for each month."""
    days: dict[Month, list[date]] = defaultdict(list)
    for manifest in manifests:
        for day in manifest.days():
            days[Month(manifest.provider, day.replace(day=1))].append(day)
    return {month: (min(found), max(found)) for month, found in sorted(days.items(), key=lambda item: item[0].key())}


@dataclass(frozen=True)
class RunningTask:
    """What a worker does just now."""

    started: datetime
    arguments: str


@dataclass(frozen=True)
class Lock:
    """A row by which Koku keeps two workers from making the same totals at once."""

    key: str
    #: The host name of the worker that took it, as Python pickles a word.
    holder: bytes
    taken: datetime
    expires: datetime

    def is_held_by(self, host: str) -> bool:
        """Compared, not unpickled: that could run whatever is in it."""
        return self.holder.endswith(b"\x8c" + bytes([len(host)]) + host.encode() + b"\x94.")


#: Clocks of two nodes differ by less.
CLOCKS = timedelta(minutes=1)


def abandoned(lock: Lock, provider: str, running: dict[str, list[RunningTask]], now: datetime) -> bool:
    """
    Whether the task that took a lock is no more, although its worker lives: its process was killed. Koku itself frees
    the locks of workers that do not live, and lets this one expire. A task of the same cluster that began later is one
    that waits for the lock.
    """
    if now - lock.taken < 2 * CLOCKS:
        return False
    return any(
        not any(provider in task.arguments and task.started < lock.taken + CLOCKS for task in tasks)
        for host, tasks in running.items()
        if lock.is_held_by(host)
    )
