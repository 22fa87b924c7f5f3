"""The elements of a page by their attributes: found in one walk, and asked by all steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from exporter.readers.page.dom import Element, is_unseen, name_words

_INDEXED = frozenset({"class", "id", "itemprop", "role", "style", "hidden", "data-src"})
_NAMING = ("class", "id", "itemprop")


class ElementIndex:
    """Which elements of a page have an attribute, a name, a property; those taken out of the tree later stay in it."""

    def __init__(self, root: Element) -> None:
        having: dict[str, list[tuple[Element, str]]] = {attribute: [] for attribute in _INDEXED}
        self._named: dict[str, list[Element]] = defaultdict(list)
        for element in root.iter():
            for attribute, value in element.items():
                if attribute in _INDEXED:
                    having[attribute].append((element, value))
            if "-" in element.tag:
                self._named[element.tag].append(element)
        self._having = having
        for attribute in _NAMING:
            for element, value in having[attribute]:
                if value:
                    self._named[value].append(element)
        self._names = "\n".join(self._named).lower()

    def having(self, attribute: str) -> Sequence[tuple[Element, str]]:
        """Return the elements that have an indexed attribute, in the page's order, and its values."""
        return self._having[attribute]

    def with_property(self, properties: Collection[str]) -> list[Element]:
        """Return the elements to which microdata give one of some properties, in lower case."""
        wanted = frozenset(properties)
        return [
            element for element, stated in self._having["itemprop"] if not wanted.isdisjoint(stated.lower().split())
        ]

    def named(self, words: Collection[str]) -> dict[Element, None]:
        """Return the elements one of whose names has one of some lower-case words: class, id, property, own tag."""
        present = {word for word in words if word in self._names}  # most are in no name at all
        names = (name for word in present for name in self._named if word in name.lower())
        groups = (self._named[name] for name in names if not present.isdisjoint(name_words(name)))
        return dict.fromkeys(element for group in groups for element in group)

    def find_unseen(self) -> frozenset[Element]:
        """Return the elements that attributes of their own hide."""
        return frozenset(
            element for attribute in ("hidden", "style") for element, _ in self._having[attribute] if is_unseen(element)
        )
