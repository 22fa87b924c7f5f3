"""What in a page its own links lead to: the blocks that keep their names."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from exporter.readers.page.dom import BLOCK_TAGS, Element
from exporter.readers.page.page_links import Links

_PARTS = frozenset("caption dd dt figcaption summary tbody td tfoot th thead tr".split())


class Places(msgspec.Struct, frozen=True):
    """What links lead to: all `names`, and those of each element that becomes a block."""

    names: frozenset[str] = frozenset()
    of: Mapping[Element, tuple[str, ...]] = MappingProxyType({})


def find(root: Element, links: Links) -> Places:
    """Find what under `root` the links under it lead to."""
    wanted = {links.fragment(link.get("href", "")) for link in root.iter("a")} - {""}
    names: set[str] = set()
    of: dict[Element, tuple[str, ...]] = {}
    for element in root.iter() if wanted else ():
        name = element.get("id") or (element.get("name") if element.tag == "a" else None)
        if name in wanted and name not in names and (place := _place(element, root)) is not None:
            names.add(name)
            of[place] = (*of.get(place, ()), name)
    return Places(frozenset(names), of)


def _place(element: Element, root: Element) -> Element | None:
    """The element that becomes the block an id is about: itself, what an empty anchor stands before, what holds it."""
    empty = not len(element) and not (element.text or "").strip() and not (element.tail or "").strip()
    following = element.getnext()
    if empty and following is not None and following.tag in BLOCK_TAGS:
        return following
    while element is not root and (element.tag not in BLOCK_TAGS or element.tag in _PARTS):
        element = element.getparent()
    return None if element is root else element
