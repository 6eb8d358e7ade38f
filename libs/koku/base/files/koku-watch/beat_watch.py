"""
Lets Beat end when its schedule stands still, so that the kubelet starts it anew: it has no port that a probe could ask.

`celery beat --scheduler beat_watch:WatchedScheduler` loads this module.
"""

from __future__ import annotations

import time
from typing import Any

from celery.beat import PersistentScheduler

from standstill import start_guard


class WatchedScheduler(PersistentScheduler):
    """Celery's own scheduler, which notes when it must come round again."""

    def __init__(self, app: Any, *args: Any, **kwargs: Any) -> None:
        self.due: float | None = None
        super().__init__(app, *args, **kwargs)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Sends what is due; returns the seconds until it must be called again."""
        # Not sooner, because Celery makes one more scheduler only to print its name.
        if self.due is None:
            self.due = time.monotonic()
            start_guard(self.app.conf.broker_url, lambda: self.due or 0)
        pause = super().tick(*args, **kwargs)
        self.due = time.monotonic() + pause
        return pause
