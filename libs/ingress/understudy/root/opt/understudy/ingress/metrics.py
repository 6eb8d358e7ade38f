"""Metrics by the names of the real ones (tools/documentation/facts/ingress.md#metrics)."""

from __future__ import annotations

import threading
from collections import Counter

Labels = tuple[tuple[str, str], ...]


def shown(labels: Labels) -> str:
    """Labels as Prometheus reads them."""
    quoted = {name: value.replace("\\", r"\\").replace('"', r"\"").replace("\n", " ") for name, value in labels}
    return "{" + ",".join(f'{name}="{value}"' for name, value in quoted.items()) + "}" if labels else ""


class Metrics:
    """Counters, and one gauge."""

    def __init__(self) -> None:
        self._values: Counter[tuple[str, Labels]] = Counter()
        self._lock = threading.Lock()

    def add(self, name: str, amount: float = 1, **labels: str) -> None:
        """Adds to a value."""
        with self._lock:
            self._values[name, tuple(labels.items())] += amount  # type: ignore[assignment]

    def text(self) -> str:
        """What Prometheus reads."""
        with self._lock:
            return "".join(f"{name}{shown(labels)} {value}\n" for (name, labels), value in sorted(self._values.items()))
