"""Koku's tasks: which wait and which run, whether a lock still has somebody who holds it, and asking for totals."""

from __future__ import annotations

import json
import os
import ssl
import urllib.parse
import urllib.request
from datetime import UTC, date, datetime
from typing import Any

from celery import Celery

from rules import Manifest, RunningTask

#: Seconds for one answer of masu, and for all workers to answer.
PATIENCE = 60
ROLL_CALL = 5


class Workers:
    """Masu, and the queue that the workers share with it, by the variables that Koku has."""

    def __init__(self) -> None:
        # First of all: it answers when the queue does, and nothing is to be tried in vain while that is away.
        self._queued = json.dumps(self._masu("celery_queue_tasks"))
        self._running: dict[str, list[RunningTask]] | None = None

    def _masu(self, path: str, **parameters: str) -> Any:
        address = f"{os.environ['MASU_URL']}/v1/{path}/?{urllib.parse.urlencode(parameters)}"
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return json.load(answer)

    def running(self) -> dict[str, list[RunningTask]]:
        """What each worker does that answers, by its host name; asked once."""
        if self._running is None:
            self._running = roll_call()
        return self._running

    def busy_with(self, provider: str) -> bool:
        """Whether a task of a cluster waits or runs."""
        return provider in self._queued or any(
            provider in task.arguments for tasks in self.running().values() for task in tasks
        )

    def summarise(self, manifest: Manifest, first: date, last: date) -> None:
        """Asks for the totals of some days; masu gives that to a worker, and names no manifest."""
        self._masu(
            "report_data",
            schema=manifest.schema,
            provider_uuid=manifest.provider,
            start_date=first.isoformat(),
            end_date=last.isoformat(),
        )


def roll_call() -> dict[str, list[RunningTask]]:
    """Asks all workers what they do. One that has too little processor time to answer is not in it."""
    e = os.environ
    user, password = (urllib.parse.quote(e.get(name, "")) for name in ("REDIS_USERNAME", "REDIS_PASSWORD"))
    encrypted = bool(e.get("REDIS_SSL"))
    login = f"{user if password else ''}:{password}@"
    server = f"{e['REDIS_HOST']}:{e['REDIS_PORT']}/{e['QUEUE_DATABASE']}"
    broker = f"{'rediss' if encrypted else 'redis'}://{login}{server}"
    trust = {"ssl_cert_reqs": ssl.CERT_REQUIRED, "ssl_ca_certs": e.get("REDIS_SSL_CA_CERTS")} if encrypted else None
    answers = Celery(broker=broker, broker_use_ssl=trust).control.inspect(timeout=ROLL_CALL).active() or {}
    return {worker.split("@", 1)[-1]: [running_task(task) for task in tasks] for worker, tasks in answers.items()}


def running_task(task: dict[str, Any]) -> RunningTask:
    """One task, as a worker describes it."""
    return RunningTask(
        datetime.fromtimestamp(task["time_start"] or 0, UTC), json.dumps([task["args"], task["kwargs"]], default=str)
    )
