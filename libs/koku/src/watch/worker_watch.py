"""
Lets a worker notice that it no longer takes tasks, and take them again.

When the cache goes away while a worker is connecting to it, Celery 5.6 with kombu 5.6 can end up with a consumer on a
connection that it has already given up: the event loop runs, and polls nothing. No exception says so, and the probe
server of Koku answers. `celery worker --include worker_watch` loads this module into the first process of the worker.

Two things look, because each sees what the other cannot:

- A timer of the event loop compares what the consumer polls with what it should. It raises the exception of a lost
  connection, which Celery answers by connecting anew.
- A thread sees that this timer no longer fires, because the loop itself waits for an answer that never comes. It ends
  the process, and the kubelet starts another one. It does so only while the cache answers to others and no task runs.
"""

from __future__ import annotations

import logging
import mmap
import time
from typing import Any

from celery import bootsteps, current_app, signals

from standstill import start_guard

LOG = logging.getLogger("worker_watch")

#: Seconds between two looks.
EVERY = 5

#: Seconds for which a consumer that may take tasks can go without an answer: its question is answered every second.
SILENCE = 30


def asks_for_tasks(tick: Any) -> bool:
    """
    Whether something that the event loop does in each round is kombu's question for tasks. kombu up to 5.6.2 takes it out
    when any connection of the consumer closes, and puts it back only when all of the worker connects anew
    (kombu/transport/redis.py:1364; github.com/celery/kombu/issues/2492).
    """
    return getattr(tick, "__qualname__", "").startswith("Transport.register_with_event_loop.")


def fault_of(consumer: Any) -> str | None:
    """Why a consumer takes no tasks, or nothing. Only asks what is in memory."""
    connection, task_consumer = consumer.connection, consumer.task_consumer
    if connection is None or task_consumer is None:
        return None
    channel = task_consumer.channel
    cycle = connection.transport.cycle
    if channel not in cycle._channels:
        return "its channel belongs to a connection that was given up"
    if not channel.active_queues:
        return "its channel takes no queue"
    if not any(asks_for_tasks(tick) for tick in consumer.hub.on_tick):
        return "the event loop does not ask for any"
    asks = getattr(channel.client, "connection", None)
    if asks is not None and asks._sock is not None and channel.qos.can_consume():
        # The client's library notes when it must ask for a sign of life: an interval after each answer.
        answered = asks.next_health_check - asks.health_check_interval
        silent = time.monotonic() - answered
        if asks.health_check_interval and silent > SILENCE:
            return f"its question has had no answer for {silent:.0f} seconds"
    return None


class Watch(bootsteps.StartStopStep):
    """The timer in the event loop; a bootstep starts anew with each connection."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    #: When the timer last found nothing wrong; nothing before the worker connects for the first time.
    last_well: float | None = None

    def __init__(self, consumer: Any, **kwargs: Any) -> None:
        self.timer: Any = None
        self.doubts = 0
        super().__init__(consumer, **kwargs)
        # Not sooner: before, Koku waits for migrations for as long as they take.
        if Watch.last_well is None:
            Watch.last_well = time.monotonic()
            start_guard(consumer.app.conf.broker_url, lambda: Watch.last_well or time.monotonic(), lambda: bool(BUSY[0]))

    def start(self, consumer: Any) -> None:
        """Begins to look."""
        self.doubts = 0
        if consumer.hub is not None:
            self.timer = consumer.timer.call_repeatedly(EVERY, self.look, (consumer,))

    def stop(self, consumer: Any) -> None:
        """Ends with the connection."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None

    def look(self, consumer: Any) -> None:
        """Looks once. Raises ConnectionError for a fault that is still there at the second look."""
        fault = fault_of(consumer)
        if fault is None:
            self.doubts = 0
            Watch.last_well = time.monotonic()
            return
        self.doubts += 1
        if self.doubts > 1:
            LOG.error("the worker takes no tasks, because %s: it connects anew", fault)
            raise ConnectionError(f"the worker takes no tasks, because {fault}")


#: 1 while a task runs: memory that the first process and its child share, because the child writes it. What Celery itself
#: knows of running tasks it learns in the event loop, which may stand still. Koku's workers run one task at a time.
BUSY = mmap.mmap(-1, 1)


@signals.task_prerun.connect
def begin(**_: object) -> None:
    """In the child."""
    BUSY[0] = 1


@signals.task_postrun.connect
@signals.worker_process_init.connect
def end(**_: object) -> None:
    """In the child, at the end of a task, and in the place of a child that was killed in one."""
    BUSY[0] = 0


current_app.steps["consumer"].add(Watch)
