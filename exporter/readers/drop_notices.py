"""The notice for a text of the source that was left out of the article."""

from __future__ import annotations

from exporter.errors import Notice

_MAX_QUOTED_CHARS = 200
"""Characters of the text that a notice quotes."""


def dropped_notice(text: str, reason: str) -> Notice:
    """Return the notice that a text was dropped, and why."""
    quoted = text if len(text) <= _MAX_QUOTED_CHARS else f"{text[: _MAX_QUOTED_CHARS - 1]}…"
    return Notice(quoted, f"dropped: {reason}")
