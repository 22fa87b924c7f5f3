"""Themes: the style sheets in `styles/`, or the user's own."""

from __future__ import annotations

from pathlib import Path

from exporter.assets import styles
from exporter.ebook.book import Item
from exporter.errors import UsageError
from exporter.registry import unknown

_BASE = "base"


def names() -> tuple[str, ...]:
    """Return the names of the themes that ship with the project."""
    return tuple(sorted(path.stem for path in (styles() / "epub").glob("*.css") if path.stem != _BASE))


def items(style: str) -> tuple[Item, ...]:
    """Return a theme's files, the style sheet first; raises `UsageError` where there is none of that name."""
    folder = styles() / "epub"
    own = style.endswith(".css")
    if not own and style not in names():
        raise unknown("choosing a style", style, names())
    try:
        theme = (Path(style) if own else folder / f"{style}.css").read_bytes()
    except OSError as error:
        raise UsageError(
            "choosing a style", style, f"{type(error).__name__}: {error.strerror}", "Name a CSS file that can be read."
        ) from error
    return (Item("style", "css/style.css", "text/css", (folder / f"{_BASE}.css").read_bytes() + b"\n" + theme),)
