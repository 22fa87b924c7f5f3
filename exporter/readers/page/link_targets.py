"""Link targets within a page: the blocks to which its own links lead, and the names of these blocks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from exporter.readers.page.dom import BLOCK_TAGS, Element
from exporter.readers.page.page_links import Links

_PART_TAGS = frozenset("caption dd dt figcaption summary tbody td tfoot th thead tr".split())


class LinkTargets(msgspec.Struct, frozen=True):
    """All `names` to which links of the page lead, and the names of each element that becomes a block."""

    names: frozenset[str] = frozenset()
    names_of: Mapping[Element, tuple[str, ...]] = MappingProxyType({})


def find_link_targets(root: Element, links: Links) -> LinkTargets:
    """Find the targets under `root` of the links under it; of two equal names, the first counts."""
    wanted = {links.fragment(link.get("href", "")) for link in root.iter("a")} - {""}
    names: set[str] = set()
    names_of: dict[Element, tuple[str, ...]] = {}
    for element in root.iter() if wanted else ():
        name = element.get("id") or (element.get("name") if element.tag == "a" else None)
        if name in wanted and name not in names and (block := _find_target_block(element, root)) is not None:
            names.add(name)
            names_of[block] = (*names_of.get(block, ()), name)
    return LinkTargets(frozenset(names), names_of)


def _find_target_block(element: Element, root: Element) -> Element | None:
    """Return the block that an id names: the element, the block after an empty anchor, or what holds it; else None."""
    empty = not len(element) and not (element.text or "").strip() and not (element.tail or "").strip()
    following = element.getnext()
    if empty and following is not None and following.tag in BLOCK_TAGS:
        return following
    while element is not root and (element.tag not in BLOCK_TAGS or element.tag in _PART_TAGS):
        element = element.getparent()
    return None if element is root else element
