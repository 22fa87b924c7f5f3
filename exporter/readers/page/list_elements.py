"""Lists: bullets, numbers, task lists, and lists that only lay out the page."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from exporter.article import Block, Bullets, Figure, Heading, Item, Numbered
from exporter.readers.page.dom import Element


def make_list(element: Element, items: tuple[Item, ...]) -> tuple[Block, ...]:
    """Make a list of items; one with headings or of pictures alone is layout, and gives way to its contents."""
    inner = tuple(block for item in items for block in item.blocks)
    if any(isinstance(block, Heading) for block in inner) or all(isinstance(block, Figure) for block in inner):
        return inner
    if element.tag == "ol":
        start, numbered = _number_items(element, items)
        return (Numbered(items=numbered, start=start, numerals=_numeral_kind(element)),)
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


def item_number(item: Element) -> int | None:
    """Return the number that an item of an ordered list states; None if it states none."""
    with contextlib.suppress(ValueError):
        return int(item.get("value", ""))
    return None


def number_items(element: Element, stated: Sequence[int | None]) -> list[int]:
    """Return the numbers of the items of an ordered list, of which each may have `stated` its own."""
    step = -1 if "reversed" in element.attrib else 1
    value = len(stated) if step < 0 else 1
    with contextlib.suppress(ValueError):
        value = int(element.get("start", ""))
    value -= step
    return [value := value + step if own is None else own for own in stated]


def _number_items(element: Element, items: tuple[Item, ...]) -> tuple[int, tuple[Item, ...]]:
    """Return the number of a list's first item, and the items with the numbers that do not follow from it."""
    numbers = number_items(element, [item.number for item in items])
    follows = [not at or number == numbers[at - 1] + 1 for at, number in enumerate(numbers)]
    pairs = zip(items, numbers, follows, strict=True)
    return numbers[0], tuple(replace(item, number=None if follow else number) for item, number, follow in pairs)


def _numeral_kind(element: Element) -> str:
    """Return the kind of numerals of a list: 1, a, A, i or I."""
    kind = element.get("type", "1")
    return kind if kind in {"1", "a", "A", "i", "I"} else "1"
