"""The notice for a text of the page that was left out of the article."""

from __future__ import annotations

from exporter.errors import Notice

_MAX_QUOTED_CHARS = 200
"""A notice quotes no more of the text."""


def dropped_notice(text: str, reason: str) -> Notice:
    """Return the notice that a text was dropped, and why."""
    return Notice(text[:_MAX_QUOTED_CHARS], f"dropped: {reason}")
