"""Koku's tasks: lists waiting and running ones, and asks for totals."""

from __future__ import annotations

import json
import os
import ssl
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from celery import Celery

from queues import Queue
from rules import Manifest, RunningTask

#: Seconds for one answer of masu, and for the answers of all workers.
PATIENCE = 60
ROLL_CALL = 5


class Workers:
    """Masu and the broker of the workers, configured by Koku's variables."""

    def __init__(self) -> None:
        # Ask masu first, because it answers only if the cache does: no attempt counts while the cache is down.
        self._queued = json.dumps(self._masu("celery_queue_tasks"))
        self._broker = broker_of(os.environ)
        self._roll_call: RollCall | None = None

    def _masu(self, path: str, **parameters: str) -> Any:
        address = f"{os.environ['MASU_URL']}/v1/{path}/?{urllib.parse.urlencode(parameters)}"
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return json.load(answer)

    def answers(self) -> RollCall:
        """The answers of the workers, which it asks only once."""
        if self._roll_call is None:
            self._roll_call = roll_call(self._broker)
        return self._roll_call

    def running(self) -> dict[str, list[RunningTask]]:
        """The running tasks of each worker that answers, by its host name."""
        return self.answers().running

    def queues(self) -> list[Queue]:
        """The waiting tasks of each queue."""
        with self._broker.connection_for_read() as connection:
            client = connection.default_channel.client
            return [queue_of(client, name) for name in os.environ["QUEUES"].split(",")]

    def busy_with(self, provider: str) -> bool:
        """Whether a task of a cluster waits or runs."""
        return provider in self._queued or any(
            provider in task.arguments for tasks in self.running().values() for task in tasks
        )

    def summarise(self, manifest: Manifest, first: date, last: date) -> None:
        """Asks for the totals of some days. Masu queues a task for a worker, without naming a manifest."""
        self._masu(
            "report_data",
            schema=manifest.schema,
            provider_uuid=manifest.provider,
            start_date=first.isoformat(),
            end_date=last.isoformat(),
        )


@dataclass(frozen=True)
class RollCall:
    """The answers of the workers. A worker with too little processor time to answer is missing."""

    #: The running tasks of each worker, by its host name.
    running: dict[str, list[RunningTask]]
    #: For each queue that workers consume, whether one of these workers runs a task.
    busy: dict[str, bool]


def roll_call(broker: Celery) -> RollCall:
    """Asks all workers."""
    inspect = broker.control.inspect(timeout=ROLL_CALL)
    active = inspect.active() or {}
    busy: dict[str, bool] = {}
    for worker, queues in (inspect.active_queues() or {}).items():
        for queue in queues:
            busy[queue["name"]] = busy.get(queue["name"], False) or bool(active.get(worker))
    running = {worker.split("@", 1)[-1]: [running_task(task) for task in tasks] for worker, tasks in active.items()}
    return RollCall(running, busy)


def broker_of(environment: Mapping[str, str]) -> Celery:
    """Koku's broker, configured by Koku's variables."""
    e = environment
    user, password = (urllib.parse.quote(e.get(name, "")) for name in ("REDIS_USERNAME", "REDIS_PASSWORD"))
    encrypted = bool(e.get("REDIS_SSL"))
    login = f"{user if password else ''}:{password}@"
    server = f"{e['REDIS_HOST']}:{e['REDIS_PORT']}/{e['QUEUE_DATABASE']}"
    broker = f"{'rediss' if encrypted else 'redis'}://{login}{server}"
    trust = {"ssl_cert_reqs": ssl.CERT_REQUIRED, "ssl_ca_certs": e.get("REDIS_SSL_CA_CERTS")} if encrypted else None
    return Celery(broker=broker, broker_use_ssl=trust)


def queue_of(client: Any, name: str) -> Queue:
    """The waiting tasks of one queue. Kombu adds tasks at the left end of a list and takes them from the right end."""
    last = client.lindex(name, -1)
    return Queue(name, client.llen(name), json.loads(last)["headers"]["id"] if last else None)


def running_task(task: dict[str, Any]) -> RunningTask:
    """A task from a worker's description."""
    return RunningTask(
        datetime.fromtimestamp(task["time_start"] or 0, UTC), json.dumps([task["args"], task["kwargs"]], default=str)
    )
