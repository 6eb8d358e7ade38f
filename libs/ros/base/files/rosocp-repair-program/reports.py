"""Decides what to do with a report that Koku passed on. Pure functions without connections."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

#: The end times of the measurements of each experiment. Kruize calls a workload an experiment.
Measurements = dict[str, frozenset[datetime]]

#: Kinds of workloads that the processor knows.
WORKLOAD_TYPES = frozenset(
    {"daemonset", "deployment", "deploymentconfig", "replicaset", "replicationcontroller", "statefulset"}
)

#: Columns without which the processor ignores a row.
MEASURED = tuple(
    f"{what}_container_{how}"
    for what in ("cpu_usage", "memory_usage", "memory_rss_usage")
    for how in ("avg", "min", "max", "sum")
)
NAMED = ("owner_kind", "owner_name", "workload_type")

#: The measurements of an hour. A report has the whole day until then
#: (tools/documentation/facts/ros.md#reports-of-one-day).
HOUR = 4

#: What a report says instead of a missing name.
NONE = ("", "<none>")


@dataclass(frozen=True)
class Limits:
    """How long everything may take. `libs/ros/src/repair-times.ts` says why."""

    pause: timedelta
    attempts: int
    retention: timedelta

    def pause_after(self, times: int) -> timedelta:
        """The pause after a number of announcements. It doubles each time, because an outage may last."""
        return self.pause * 2 ** (times - 1)


@dataclass(frozen=True)
class Message:
    """One message of the topic."""

    moment: datetime
    #: Whether the processor has not taken it yet.
    waits: bool
    value: bytes


@dataclass(frozen=True)
class Report:
    """What Koku passed on of one upload, in one or several messages."""

    request: str
    #: Objects of the bucket.
    keys: frozenset[str]
    times: int
    last: datetime
    waits: bool
    #: The newest message.
    announcement: dict[str, Any]

    def name(self) -> str:
        """Its name for people."""
        about = self.announcement["metadata"]
        return f"the report of cluster {about['cluster_uuid']}, organisation {about['org_id']}, upload {self.request}"


def reports(messages: Iterable[Message]) -> dict[str, Report]:
    """The announced reports by their requests. Ignores messages that are no announcement."""
    found: dict[str, Report] = {}
    for message in sorted(messages, key=lambda message: message.moment):
        try:
            announcement = json.loads(message.value)
            request = str(announcement["request_id"])
            about = announcement["metadata"]
            keys = frozenset(str(key) for key in announcement["object_keys"])
            if not all(isinstance(about[key], str) for key in ("org_id", "source_id", "cluster_uuid")):
                continue
        except (ValueError, KeyError, TypeError):
            continue
        before = found.get(request)
        found[request] = Report(
            request,
            keys | before.keys if before else keys,
            before.times + 1 if before else 1,
            message.moment,
            message.waits or (before.waits if before else False),
            announcement,
        )
    return found


def is_due(report: Report, now: datetime, limits: Limits) -> bool:
    """
    Whether the processor has had its time for a report. It confirms a message before it has processed it, so a
    confirmation alone says nothing.
    """
    return not report.waits and now - report.last >= limits.pause_after(report.times)


def again(report: Report, addresses: dict[str, str]) -> bytes:
    """The announcement of a report with fresh addresses of its objects."""
    keys = sorted(addresses)
    files = [addresses[key] for key in keys]
    return json.dumps({**report.announcement, "files": files, "object_keys": keys}).encode()


def measurements(lines: Iterable[str], about: dict[str, str]) -> Measurements:
    """
    What the processor must tell Kruize of a file; empty for a file that it cannot read either.

    :param about: `metadata` of the announcement
    """
    found: dict[str, set[datetime]] = defaultdict(set)
    try:
        for row in csv.DictReader(lines, strict=True):
            if is_valid(row):
                kind, name = workload_of(row)
                experiment = (about["org_id"], about["source_id"], about["cluster_uuid"], row["namespace"], kind, name)
                found["|".join(experiment)].add(end_of(row))
    except (csv.Error, KeyError, TypeError, ValueError, AttributeError):
        return {}
    return {experiment: frozenset(times) for experiment, times in found.items()}


def is_valid(row: dict[str, str]) -> bool:
    """Whether the processor uses a row (tools/documentation/facts/ros.md#rows-that-count)."""
    if any(row[column] in NONE for column in NAMED) or row["workload_type"].lower() not in WORKLOAD_TYPES:
        return False
    try:
        return all(float(row[column]) >= 0 for column in MEASURED)
    except ValueError:
        return False


def workload_of(row: dict[str, str]) -> tuple[str, str]:
    """Kind and name of the workload to which the processor counts a row."""
    owner = row["owner_kind"].lower()
    if owner in ("replicaset", "replicationcontroller") and row["workload"] in NONE:
        return owner, row["owner_name"]
    return row["workload_type"].lower(), row["workload"]


def end_of(row: dict[str, str]) -> datetime:
    """The end of a row's interval, such as `2026-11-28 12:15:00 +0000 UTC`."""
    text = row["interval_end"].removesuffix(" UTC")
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S %z").astimezone(UTC)


def missing(expected: Measurements, known: Measurements) -> int:
    """
    The number of experiments of which Kruize lacks all measurements, or those of an hour; if there are none, the number
    of intervals of which it has no experiment. Kruize may refuse single measurements, and no further attempt would
    change that.
    """
    lacking = {experiment: times - known.get(experiment, frozenset()) for experiment, times in expected.items()}
    experiments = sum(len(lacking[name]) >= min(len(times), HOUR) for name, times in expected.items())
    if experiments:
        return experiments
    return len(frozenset().union(*expected.values()) - frozenset().union(*known.values()))
