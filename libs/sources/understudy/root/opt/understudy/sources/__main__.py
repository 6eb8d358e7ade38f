"""Answers the one question that other applications ask at their start: the number of Cost Management."""

from __future__ import annotations

import json

from understudy.__main__ import main
from understudy.server import Page

TYPES = {"meta": {"count": 1}, "data": [{"id": "2", "name": "/insights/platform/cost-management"}]}

PAGES: dict[str, Page] = {
    f"/api/sources/{version}/application_types": lambda _: (200, json.dumps(TYPES).encode())
    for version in ("v1.0", "v2.0", "v3.0", "v3.1")
}

if __name__ == "__main__":
    main(PAGES)
