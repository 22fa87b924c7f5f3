"""What in a page its own links lead to: the blocks that keep their names."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from exporter.readers.page.dom import BLOCK_TAGS, Element
from exporter.readers.page.page_links import Links

_PART_TAGS = frozenset("caption dd dt figcaption summary tbody td tfoot th thead tr".split())


class LinkTargets(msgspec.Struct, frozen=True):
    """What links lead to: all `names`, and those of each element that becomes a block."""

    names: frozenset[str] = frozenset()
    of: Mapping[Element, tuple[str, ...]] = MappingProxyType({})


def find_link_targets(root: Element, links: Links) -> LinkTargets:
    """Find what under `root` the links under it lead to."""
    wanted = {links.fragment(link.get("href", "")) for link in root.iter("a")} - {""}
    names: set[str] = set()
    of: dict[Element, tuple[str, ...]] = {}
    for element in root.iter() if wanted else ():
        name = element.get("id") or (element.get("name") if element.tag == "a" else None)
        if name in wanted and name not in names and (place := _find_target_block(element, root)) is not None:
            names.add(name)
            of[place] = (*of.get(place, ()), name)
    return LinkTargets(frozenset(names), of)


def _find_target_block(element: Element, root: Element) -> Element | None:
    """The element that becomes the block an id is about: itself, what an empty anchor stands before, what holds it."""
    empty = not len(element) and not (element.text or "").strip() and not (element.tail or "").strip()
    following = element.getnext()
    if empty and following is not None and following.tag in BLOCK_TAGS:
        return following
    while element is not root and (element.tag not in BLOCK_TAGS or element.tag in _PART_TAGS):
        element = element.getparent()
    return None if element is root else element
