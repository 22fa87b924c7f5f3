"""The order in which the sources of a batch get their file stems, whichever is read first."""

from __future__ import annotations

import threading
from collections.abc import Callable

from exporter.batches.parts import StemProposal

MAX_TURN_SECONDS = 30.0
"""How long a source waits for the stems of those before it: a page that is hard to read holds up nobody for longer."""


class StemQueue:
    """Chooses file stems in the order of the places: each source waits until those before it have theirs."""

    def __init__(self, choose: Callable[[StemProposal], str]) -> None:
        self._choose = choose
        self._next = 0
        self._settled: set[int] = set()
        self._changed = threading.Condition()

    def claim(self, proposal: StemProposal) -> str:
        """Wait for the turn of its place, and choose the stem; the last article of a source settles the place.

        After `MAX_TURN_SECONDS`, the places before are passed over: they wait for nobody, and nobody for them. So does
        a place that has been settled before.
        """
        place = proposal.place
        with self._changed:
            if not self._changed.wait_for(lambda: self._next >= place or place in self._settled, MAX_TURN_SECONDS):
                self._next = place
            stem = self._choose(proposal)
            if proposal.is_last:
                self._settle(proposal.place)
            return stem

    def settle(self, place: int) -> None:
        """Settle a place that needs no further stem. Settling it again changes nothing."""
        with self._changed:
            self._settle(place)

    def _settle(self, place: int) -> None:
        if place >= self._next:
            self._settled.add(place)
        while self._next in self._settled:
            self._settled.remove(self._next)
            self._next += 1
        self._changed.notify_all()
