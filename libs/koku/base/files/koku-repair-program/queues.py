"""Finds queues whose tasks wait while no worker works on them. Pure functions without connections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules import Problem


@dataclass(frozen=True)
class Queue:
    """The waiting tasks of one queue."""

    name: str
    waiting: int
    #: The identifier of the next task; None if none waits.
    next_task: str | None


#: For each queue with tasks: its next task, and since when that task has been next.
Heads = dict[str, dict[str, str]]


def heads(queues: Iterable[Queue], before: Heads, now: datetime) -> Heads:
    """The next task of each queue. Its time stays the same while the task stays the next one."""
    found: Heads = {}
    for queue in queues:
        if queue.next_task is None:
            continue
        known = before.get(queue.name)
        same = known is not None and known["task"] == queue.next_task
        found[queue.name] = known if same else {"task": queue.next_task, "since": now.isoformat()}
    return found


def standing(
    queues: Iterable[Queue], found: Heads, busy: Mapping[str, bool], now: datetime, limit: timedelta
) -> list[Problem]:
    """
    Queues from which workers took nothing for longer than the limit, although none of these workers is busy.

    :param busy: for each queue that workers consume, whether one of these workers runs a task
    """
    problems = []
    for queue in queues:
        head = found.get(queue.name)
        if head is None or busy.get(queue.name, False):
            continue
        since = datetime.fromisoformat(head["since"])
        if now - since < limit:
            continue
        why = "its worker runs no task" if queue.name in busy else "no worker that answers consumes it"
        problems.append(
            Problem(
                f"queue {queue.name}",
                f"queue {queue.name}: tasks waiting: {queue.waiting}, none taken since {since:%H:%M} UTC, and {why}: "
                f"restart the Deployment whose WORKER_QUEUES has {queue.name}",
            )
        )
    return problems
