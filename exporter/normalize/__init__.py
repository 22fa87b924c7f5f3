"""Text normalization: written text becomes spoken text.

A set of readings, not a chain of rewrites. A rule looks at the written text and offers readings, each a span and how
it is said; the engine takes them by the order of the rules, then the longest first, and no character is read twice.
So no rule ever sees another rule's words, every spoken word knows the written characters it stands for, and every
span can name the rule behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

import msgspec

from exporter.script import Word

Parts = tuple[Word, ...]
"""How a span is said, from left to right: each part's words and the characters they stand for. Spans only rise."""


class Reading(msgspec.Struct, frozen=True, gc=False):
    """The span `written[start:end]` is said as `spoken`, according to `rule`; `doubtful` where the rule is unsure.

    `parts` divides it more finely: "Aug. 8" is "August" for the first four characters and "eighth" for the last.
    """

    start: int
    end: int
    spoken: str
    rule: str
    doubtful: bool = False
    parts: Parts = ()


class Spoken(msgspec.Struct, frozen=True):
    """A whole text as it is said: its words with the spans they stand for, and the readings behind them.

    A word is what stands between spaces in `text`, without the punctuation around it.
    """

    text: str
    words: tuple[Word, ...]
    readings: tuple[Reading, ...]


class Rule(msgspec.Struct, frozen=True):
    """One way to read one phenomenon: where it may begin, how it is written, how it is said.

    `anchors` are the tokens at which the rule is asked: words in lower case, single symbols, or the shapes below. There
    `pattern` is matched (it may look around), and `read` says what the match is, or None if it is nothing of the kind.
    The reading spans the parts, so a rule may leave a last full stop to the sentence. A word list would make a
    `pattern` slow to compile: lists are for `anchors` and for `read`.
    """

    name: str
    anchors: frozenset[str]
    pattern: str
    read: Callable[[re.Match[str]], Parts | None]
    doubtful: bool = False


NUMBER = "0"
"""A run of digits that no letter stands right before."""
FOLLOWED = "0 a"
"""A run of digits that something else than another number or the end comes after, written to it or behind a space."""
TIED = "0x"
"""A run of digits with something written right behind it that is no mark of punctuation before a space."""
GLUED = "x0"
"""A run of digits right behind a letter: what is left of a code that no rule has read."""
CAPITALS = "AA"
"""A word of two or more capital letters only."""
MIXED = "aA"
"""A word with capitals in it that is neither capitalised nor all capitals."""
LETTER = "A"
"""A single capital letter."""
CODE = "A0"
"""A word with a digit right behind it, or behind its hyphen."""
POWER = "x²"
"""A word with a raised figure or a caret right behind it."""
NUMERIC = "½"
"""A character that is a number but no digit: a fraction, a superscript, a circled number."""
OTHER = "¬"
"""A symbol or a run of one that is not ASCII."""
PICTURE = "☺"
"""A character of an emoji."""


def say(match: re.Match[str], spoken: str) -> Parts:
    """Say the whole match in these words."""
    return (Word(spoken, match.start(), match.end()),)


class Normalizer(Protocol):
    """One language's rules, compiled on demand (`exporter.normalize.normalizers.load_normalizer` makes it)."""

    def __call__(self, text: str) -> Spoken:
        """Read a text aloud, in words; no length is too long, and time grows with it."""
        ...
