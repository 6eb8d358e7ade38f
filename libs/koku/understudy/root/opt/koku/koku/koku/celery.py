"""
Replaces Koku's tasks: the same Celery with the same settings, and tasks that only write a note.

The settings are those of Koku (koku/settings.py and koku/celery.py at 768be8253): one task at a time, only JSON,
results for eight hours, logical database 1.
"""

from __future__ import annotations

import os
import ssl
import time
from urllib.parse import quote

from celery import Celery, signals
from celery.schedules import crontab

from koku.database import database
from understudy.checks import Checks
from understudy.declaration import own_workload
from understudy.server import serve


def broker(environment: os._Environ[str]) -> str:
    """Address of the cache, composed as Koku does it."""
    user, password = (quote(environment.get(name, "")) for name in ("REDIS_USERNAME", "REDIS_PASSWORD"))
    login = f"{user if password else ''}:{password}@" if password else ""
    scheme = "rediss" if environment.get("REDIS_SSL") else "redis"
    return f"{scheme}://{login}{environment['REDIS_HOST']}:{environment['REDIS_PORT']}/1"


app = Celery("koku", broker=broker(os.environ), backend=broker(os.environ))
app.conf.update(
    accept_content=["json"],
    broker_connection_retry_on_startup=True,
    result_expires=28_800,
    task_serializer="json",
    worker_concurrency=1,
    worker_hijack_root_logger=False,
    worker_max_tasks_per_child=int(os.environ.get("MAX_CELERY_TASKS_PER_WORKER", "10")),
    worker_prefetch_multiplier=1,
)
if os.environ.get("REDIS_SSL"):
    trust = {"ssl_cert_reqs": ssl.CERT_REQUIRED, "ssl_ca_certs": os.environ.get("REDIS_SSL_CA_CERTS")}
    app.conf.update(broker_use_ssl=trust, redis_backend_use_ssl=trust)

DELAYED = "masu.celery.tasks.trigger_delayed_tasks"

#: The one task that Koku's Beat sends with any settings, and Koku's queue for it.
app.conf.beat_schedule = {
    "delayed_tasks_trigger": {
        "task": DELAYED,
        "schedule": crontab(minute=f"*/{os.environ.get('DELAYED_TASK_POLLING_MINUTES', '30')}"),
        "options": {"queue": "download"},
    }
}


@app.task(name=DELAYED)
def trigger_delayed_tasks() -> None:
    """Does nothing, because the understudy delays no task."""


@app.task(name="understudy.note")
def note(mark: str, seconds: float = 0) -> None:
    """Sleeps for some seconds, and then writes a note into the database."""
    time.sleep(seconds)
    connection = database()
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute("insert into understudy.done (mark, worker) values (%s, %s)", (mark, os.environ["HOSTNAME"]))
    finally:
        connection.close()


@signals.worker_init.connect
def answer_probes(**_: object) -> None:
    """Runs in Celery's first process, which answers while a task runs in the child."""
    checks = Checks(own_workload())
    serve(checks.workload.listens["metrics"], checks)
    checks.keep_trying()


@signals.beat_init.connect
def report(**_: object) -> None:
    """Prints Beat's checks, because no probe asks Beat."""
    Checks(own_workload()).keep_trying()
