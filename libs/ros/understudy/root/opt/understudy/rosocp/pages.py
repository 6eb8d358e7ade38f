"""What the API answers. The understudy makes no recommendation, so every list is empty."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from functools import partial

from understudy.server import Page

LISTS = "/api/cost-management/v1/recommendations/openshift"


def answer(status: int, content: object) -> tuple[int, bytes]:
    """An answer in JSON."""
    return status, json.dumps(content).encode()


def recommendations(path: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
    """An empty list, for a client with an identity."""
    try:
        json.loads(base64.b64decode(headers.get("X-Rh-Identity") or ""))
    except (binascii.Error, ValueError):
        return answer(401, {"message": "Unable to marshal X-Rh-Identity into struct"})
    link = f"{path}?limit=10&offset=0"
    meta = {"count": 0, "limit": 10, "offset": 0}
    return answer(200, {"data": [], "meta": meta, "links": {"first": link, "last": link}})


PAGES: dict[str, Page] = {
    "/status": lambda _: answer(200, {"api-server": "working"}),
    LISTS: partial(recommendations, LISTS),
}
