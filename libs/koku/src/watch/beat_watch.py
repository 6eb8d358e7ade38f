"""
Ends Beat when its schedule stands still, so that the kubelet restarts it. Beat has no port for a probe.

`celery beat --scheduler beat_watch:WatchedScheduler` loads this module.
"""

from __future__ import annotations

import time
from typing import Any

from celery.beat import PersistentScheduler

from standstill import start_guard


class WatchedScheduler(PersistentScheduler):
    """Celery's own scheduler. Also notes when Beat must call it again."""

    def __init__(self, app: Any, *args: Any, **kwargs: Any) -> None:
        self.due: float | None = None
        super().__init__(app, *args, **kwargs)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Sends due tasks. Returns the seconds until Beat must call it again."""
        # Not in __init__, because Celery creates a second scheduler only to print its name.
        if self.due is None:
            self.due = time.monotonic()
            start_guard(self.app.conf.broker_url, lambda: self.due or 0)
        pause = super().tick(*args, **kwargs)
        self.due = time.monotonic() + pause
        return pause
