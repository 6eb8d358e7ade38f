"""Tasks that wait in a queue while nothing works on that queue: a rule alone, connected to nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules import Problem


@dataclass(frozen=True)
class Queue:
    """What waits in one queue."""

    name: str
    waiting: int
    #: The identifier of the task that is next; nothing where none waits.
    next_task: str | None


#: For each queue with tasks: which was next at the last look, and since when it has been.
Heads = dict[str, dict[str, str]]


def heads(queues: Iterable[Queue], before: Heads, now: datetime) -> Heads:
    """Notes what is next in each queue. The time stays the same for as long as the same task is next."""
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
    Queues from which nothing was taken for longer than the limit, although none of their workers is busy.

    :param busy: for each queue that a worker says it takes, whether one of these workers runs a task
    """
    problems = []
    for queue in queues:
        head = found.get(queue.name)
        if head is None or busy.get(queue.name, False):
            continue
        since = datetime.fromisoformat(head["since"])
        if now - since < limit:
            continue
        why = "its worker runs no task" if queue.name in busy else "no worker says that it takes them"
        problems.append(
            Problem(
                f"queue {queue.name}",
                f"queue {queue.name}: tasks waiting: {queue.waiting}, none taken since {since:%H:%M} UTC, and {why}: "
                f"restart the Deployment whose WORKER_QUEUES has {queue.name}",
            )
        )
    return problems
