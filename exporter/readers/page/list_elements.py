"""Lists: bullets, numbers, task lists, and lists that only lay out the page."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from exporter.article import Block, Bullets, Figure, Heading, Item, Numbered
from exporter.readers.page.dom import Element


def make_list(element: Element, items: tuple[Item, ...]) -> tuple[Block, ...]:
    """Make a list of items; one with headings or of pictures alone is layout, and gives way to its contents."""
    inner = tuple(block for item in items for block in item.blocks)
    if any(isinstance(block, Heading) for block in inner) or all(isinstance(block, Figure) for block in inner):
        return inner
    if element.tag == "ol":
        return (Numbered(items=items, start=_first_number(element), numerals=_numeral_kind(element)),)
    return (Bullets(items=items),)


def definition_children(element: Element) -> Iterator[Element]:
    """Yield the terms and definitions of a definition list; a ``div`` may group them."""
    for child in element:
        yield from child if child.tag == "div" else (child,)


def is_checked(item: Element) -> bool | None:
    """Return whether an item of a task list is done; None for items of other lists."""
    for box in item.iter("input"):
        if box.get("type") == "checkbox":
            return box.get("checked") is not None
    return None


def _first_number(element: Element) -> int:
    """Return the number of the first item of a list."""
    with contextlib.suppress(ValueError):
        return int(element.get("start", "1"))
    return 1


def _numeral_kind(element: Element) -> str:
    """Return the kind of numerals of a list: 1, a, A, i or I."""
    kind = element.get("type", "1")
    return kind if kind in {"1", "a", "A", "i", "I"} else "1"
