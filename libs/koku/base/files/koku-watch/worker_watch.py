"""
Makes a worker that no longer takes tasks notice it, and take tasks again.

If the cache goes away while a worker connects to it, Celery 5.6 with kombu 5.6 can leave the consumer on a connection that
it has already given up. The event loop then runs, and polls nothing. No exception is raised, and Koku's probe server
answers. `celery worker --include worker_watch` loads this module into the first process of the worker.

Two checks run, because each sees what the other cannot:

- A timer of the event loop compares what the consumer polls with what it should poll. On a difference it raises the
  exception of a lost connection, and Celery reconnects.
- A thread sees that this timer no longer fires, because the loop itself waits for an answer that never comes. It ends
  the process, and the kubelet restarts it. It does so only while the cache answers other clients and no task runs.
"""

from __future__ import annotations

import logging
import mmap
import time
from typing import Any

from celery import bootsteps, current_app, signals

from standstill import start_guard

LOG = logging.getLogger("worker_watch")

#: Seconds between two checks.
EVERY = 5

#: Seconds after which an unanswered request for tasks is a fault. The cache answers one every second.
SILENCE = 30


def asks_for_tasks(tick: Any) -> bool:
    """
    Whether a callback of the event loop is the one with which kombu asks for tasks. kombu up to 5.6.2 removes it when any
    connection of the consumer closes, and adds it again only when the whole worker reconnects
    (kombu/transport/redis.py:1364; github.com/celery/kombu/issues/2492).
    """
    return getattr(tick, "__qualname__", "").startswith("Transport.register_with_event_loop.")


def fault_of(consumer: Any) -> str | None:
    """Why a consumer takes no tasks, or None. Reads only memory."""
    connection, task_consumer = consumer.connection, consumer.task_consumer
    if connection is None or task_consumer is None:
        return None
    channel = task_consumer.channel
    cycle = connection.transport.cycle
    if channel not in cycle._channels:
        return "its channel belongs to a connection that Celery has given up"
    if not channel.active_queues:
        return "its channel takes no queue"
    if not any(asks_for_tasks(tick) for tick in consumer.hub.on_tick):
        return "the event loop does not ask for tasks"
    asks = getattr(channel.client, "connection", None)
    if asks is not None and asks._sock is not None and channel.qos.can_consume():
        # redis-py stores when its next health check is due: one interval after each answer.
        answered = asks.next_health_check - asks.health_check_interval
        silent = time.monotonic() - answered
        if asks.health_check_interval and silent > SILENCE:
            return f"its request for tasks has had no answer for {silent:.0f} seconds"
    return None


class Watch(bootsteps.StartStopStep):
    """The timer in the event loop. Celery starts this bootstep again with each connection."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    #: When the timer last found no fault. None before the worker connects for the first time.
    last_well: float | None = None

    def __init__(self, consumer: Any, **kwargs: Any) -> None:
        self.timer: Any = None
        self.doubts = 0
        super().__init__(consumer, **kwargs)
        # Not at import, because Koku then still waits for migrations, for as long as they take.
        if Watch.last_well is None:
            Watch.last_well = time.monotonic()
            start_guard(consumer.app.conf.broker_url, lambda: Watch.last_well or time.monotonic(), lambda: bool(BUSY[0]))

    def start(self, consumer: Any) -> None:
        """Starts the timer."""
        self.doubts = 0
        if consumer.hub is not None:
            self.timer = consumer.timer.call_repeatedly(EVERY, self.look, (consumer,))

    def stop(self, consumer: Any) -> None:
        """Stops the timer with the connection."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None

    def look(self, consumer: Any) -> None:
        """Checks once. Raises ConnectionError for a fault that two checks in a row find."""
        fault = fault_of(consumer)
        if fault is None:
            self.doubts = 0
            Watch.last_well = time.monotonic()
            return
        self.doubts += 1
        if self.doubts > 1:
            LOG.error("the worker takes no tasks, because %s: reconnecting", fault)
            raise ConnectionError(f"the worker takes no tasks, because {fault}")


#: 1 while a task runs. The child process writes it, so it shares this memory with the first process. Celery's own record of
#: running tasks is no use, because the event loop updates it and may stand still. Koku's workers run one task at a time.
BUSY = mmap.mmap(-1, 1)


@signals.task_prerun.connect
def begin(**_: object) -> None:
    """Runs in the child process."""
    BUSY[0] = 1


@signals.task_postrun.connect
@signals.worker_process_init.connect
def end(**_: object) -> None:
    """Runs in the child process: at the end of a task, and at the start of a child that replaces a killed one."""
    BUSY[0] = 0


current_app.steps["consumer"].add(Watch)
