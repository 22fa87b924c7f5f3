"""Bounds the bytes that the pictures of one article may have together."""

from __future__ import annotations

import threading
from pathlib import Path

import msgspec

from exporter.article import Article, Resource
from exporter.errors import Notice

OVER_LIMIT = "it is left out: the pictures are over input.largest_pictures together"
"""The text of the notice for a picture over the limit."""


class ByteBudget:
    """The `remaining_bytes` that pictures may still have together; several threads may use it."""

    def __init__(self, max_bytes: int) -> None:
        self.remaining_bytes = max_bytes
        self._lock = threading.Lock()

    def take(self, count: int) -> bool:
        """Take bytes from the budget, unless it has too few; returns whether it had enough."""
        with self._lock:
            if count > self.remaining_bytes:
                return False
            self.remaining_bytes -= count
            return True


def limit_pictures(article: Article, max_bytes: int) -> tuple[Article, tuple[Notice, ...]]:
    """Return the article without the bytes of the pictures that are over the limit together, in its order."""
    budget = ByteBudget(max_bytes)
    resources, notices = [], []
    for resource in article.resources:
        if budget.take(_count_bytes(resource)):
            resources.append(resource)
        else:
            resources.append(msgspec.structs.replace(resource, data=b"", path="", source=""))
            notices.append(Notice(resource.name, OVER_LIMIT))
    return (msgspec.structs.replace(article, resources=tuple(resources)) if notices else article), tuple(notices)


def _count_bytes(resource: Resource) -> int:
    """Return the size of a picture; 0 for one that is still to be fetched, or whose file is missing."""
    try:
        return len(resource.data) or (Path(resource.path).stat().st_size if resource.path else 0)
    except OSError:
        return 0
