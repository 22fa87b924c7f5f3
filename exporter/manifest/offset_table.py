"""A table that finds lines of a file by texts in them: for a million lines it takes 8 bytes for each text.

It holds hashes, not the texts (or other values), so whoever looks one up must check that the line has it.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Sequence

_MAX_SORTED_HERE = 50_000
"""Lines that are sorted without numpy, which takes longer to import."""


class OffsetTable:
    """The places of lines by their texts: each line has one of each of so many `kinds`, perhaps an empty one."""

    def __init__(self, kinds: int) -> None:
        self._kinds = kinds
        self._hashes, self._places = bytearray(), array("q")
        self._pack = struct.Struct(f"{kinds}q").pack  # faster than `array.extend`
        self._sorted: dict[int, tuple[array[int], array[int]]] = {}  # hashes and places, by kind
        self._later: list[dict[int, list[int]]] = [{} for _ in range(kinds)]  # what was added after the first lines

    def add_first(self, hashes: Sequence[int], place: int) -> None:
        """Add a line by the hashes of its texts, before anything is looked up."""
        self._hashes += self._pack(*hashes)
        self._places.append(place)

    def count_first(self, kind: int) -> int:
        """Count the different texts of a kind of the lines of `add_first`."""
        return len(set(self._select(kind)))

    def add(self, hashes: Sequence[int], place: int) -> None:
        """Add a line that is newer than all others."""
        for places, key in zip(self._later, hashes, strict=True):
            places.setdefault(key, []).append(place)

    def find(self, kind: int, text: Hashable) -> list[int]:
        """Return the places of the lines with a text, the newest first."""
        if kind not in self._sorted:
            self._sorted[kind] = self._sort(kind)
        hashes, places = self._sorted[kind]
        key = hash(text)
        first = places[bisect_left(hashes, key) : bisect_right(hashes, key)]
        return [*reversed(self._later[kind].get(key, ())), *reversed(first)]

    def _select(self, kind: int) -> array[int]:
        """Return the hashes of a kind of the lines of `add_first`."""
        with memoryview(self._hashes).cast("q") as hashes:
            return array("q", hashes[kind :: self._kinds].tobytes())

    def _sort(self, kind: int) -> tuple[array[int], array[int]]:
        """Sort the hashes of a kind, and the places with them; those of equal ones stay in their order."""
        hashes, places = self._select(kind), self._places
        if len(hashes) <= _MAX_SORTED_HERE:
            order = sorted(range(len(hashes)), key=hashes.__getitem__)
            return array("q", [hashes[at] for at in order]), array("q", [places[at] for at in order])
        from exporter.numpy_setup import np  # noqa: PLC0415  50 ms, only large tables need it

        unsorted = np.frombuffer(hashes, np.int64)
        by_hash = np.argsort(unsorted, kind="stable")
        by_place = np.frombuffer(places, np.int64)[by_hash]
        return array("q", unsorted[by_hash].tobytes()), array("q", by_place.tobytes())
