"""Text normalization: written text becomes spoken text.

A set of readings, not a chain of rewrites. A rule looks at the written text and offers readings, each a span and how
it is said; `resolve` takes them by the order of the rules, then the longest first, and no character is read twice. So
no rule ever sees another rule's words, every spoken word knows the written characters it stands for, and every span
can name the rule behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

import msgspec

from exporter.script import Word


class Reading(msgspec.Struct, frozen=True):
    """The span `written[start:end]` is said as `spoken`, according to `rule`; `doubtful` where the rule is unsure."""

    start: int
    end: int
    spoken: str
    rule: str
    doubtful: bool = False


class Spoken(msgspec.Struct, frozen=True):
    """A whole text as it is said: its words with the spans they stand for, and the readings behind them."""

    text: str
    words: tuple[Word, ...]
    readings: tuple[Reading, ...]


Rule = Callable[[str], Iterable[Reading]]
"""A rule offers readings of a text; it never imports another rule."""


class Normalizer(Protocol):
    """One language's rules, compiled once (`exporter.normalize.english` and its siblings)."""

    def __call__(self, text: str) -> Spoken:
        """Read a text aloud, in words; no length is too long, and time grows with it."""
        ...
