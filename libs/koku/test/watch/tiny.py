"""A Celery application with those settings of Koku that affect connections (koku/settings.py at 768be8253)."""

import os
import time

from celery import Celery
from celery.schedules import schedule

app = Celery("tiny", broker=os.environ["BROKER"], backend=os.environ["BROKER"])
app.conf.update(
    accept_content=["json"],
    broker_connection_max_retries=400,
    broker_connection_retry=True,
    broker_connection_retry_on_startup=True,
    broker_pool_limit=None,
    result_expires=28_800,
    task_serializer="json",
    worker_concurrency=1,
    worker_hijack_root_logger=False,
    worker_max_tasks_per_child=10,
    worker_prefetch_multiplier=1,
)


class Stalling(schedule):
    """Runs every two seconds. If a file exists, the next call removes it and never returns."""

    def is_due(self, last_run_at):
        mark = os.environ.get("BROKEN_MARK")
        if mark and os.path.exists(mark):
            os.unlink(mark)
            time.sleep(3600)
        return super().is_due(last_run_at)


#: No worker takes these tasks, so their number shows whether Beat still sends.
app.conf.beat_schedule = {
    "nap": {"task": "tiny.nap", "schedule": Stalling(2.0), "args": (0,), "options": {"queue": "of-beat"}}
}


@app.task
def nap(seconds: float) -> float:
    """Sleeps."""
    time.sleep(seconds)
    return seconds
