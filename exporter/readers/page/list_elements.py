"""Lists: their items, their numbers, and those that only lay out the page."""

from __future__ import annotations

import contextlib

from exporter.article import Block, Bullets, Figure, Heading, Item, Numbered
from exporter.readers.page.dom import Element


def make_list(element: Element, items: tuple[Item, ...]) -> tuple[Block, ...]:
    """Make a list of the items of an element; what lays out parts of the text, or a gallery, becomes its contents."""
    inner = tuple(block for item in items for block in item.blocks)
    if any(isinstance(block, Heading) for block in inner) or all(isinstance(block, Figure) for block in inner):
        return inner
    if element.tag == "ol":
        return (Numbered(items=items, start=_first_number(element), numerals=_numeral_kind(element)),)
    return (Bullets(items=items),)


def is_checked(item: Element) -> bool | None:
    """Whether an item of a task list is done; None for items of other lists."""
    for box in item.iter("input"):
        if box.get("type") == "checkbox":
            return box.get("checked") is not None
    return None


def _first_number(element: Element) -> int:
    """The number of the first item of a list."""
    with contextlib.suppress(ValueError):
        return int(element.get("start", "1"))
    return 1


def _numeral_kind(element: Element) -> str:
    """The kind of numbers of a list."""
    kind = element.get("type", "1")
    return kind if kind in {"1", "a", "A", "i", "I"} else "1"
