"""Text normalization: written text becomes spoken text.

A set of readings, not a chain of rewrites. A rule looks at the written text and offers readings, each a span and how
it is said; the resolver chooses by the order of the rules, then the longest first, and no character is read twice.
So no rule sees another rule's output, every spoken word has the span of written characters it stands for, and every
span has the name of its rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

import msgspec

from exporter.script import Word

Parts = tuple[Word, ...]
"""How a span is said, from left to right: the words of each part and the characters they stand for, rising."""


class Reading(msgspec.Struct, frozen=True, gc=False):
    """The span `written[start:end]` is said as `spoken`, according to `rule`; `doubtful` if the rule is unsure.

    `parts` divides it further: "Aug. 8" is "August" for the first four characters and "eighth" for the last.
    """

    start: int
    end: int
    spoken: str
    rule: str
    doubtful: bool = False
    parts: Parts = ()


class Spoken(msgspec.Struct, frozen=True):
    """A whole text as it is said: its words with the spans they stand for, and the readings that were chosen.

    A word is a stretch between spaces in `text`, without the punctuation around it.
    """

    text: str
    words: tuple[Word, ...]
    readings: tuple[Reading, ...]


class Rule(msgspec.Struct, frozen=True):
    """One way to read one phenomenon: where it may begin, its pattern, and how it is said.

    `anchors` are the tokens at which the rule applies: words in lower case, single symbols, or the shapes below. There
    `pattern` is matched (it may look around), and `read` returns how the match is said, or None if the rule does not
    apply. The reading spans the parts, so a rule may leave a last full stop to the sentence. A word list would make a
    `pattern` slow to compile: lists belong in `anchors` and `read`.
    """

    name: str
    anchors: frozenset[str]
    pattern: str
    read: Callable[[re.Match[str]], Parts | None]
    doubtful: bool = False


NUMBER = "0"
"""A run of digits without a letter right before it."""
FOLLOWED = "0 a"
"""A run of digits followed, directly or after a space, by anything but the end or a number without three digits."""
TIED = "0x"
"""A run of digits with anything right after it except punctuation before a space."""
GLUED = "x0"
"""A run of digits right after a letter: the rest of a code that no rule has read."""
CAPITALS = "AA"
"""A word of two or more capital letters only."""
MIXED = "aA"
"""A word with capitals that is neither capitalised nor all capitals."""
LETTER = "A"
"""A single capital letter."""
CODE = "A0"
"""A word with a digit right after it, or after its hyphen."""
POWER = "x²"
"""A word with a raised or lowered character, a caret or an underscore right after it."""
NUMERIC = "½"
"""A numeric character that is not a decimal digit, or a raised letter: a fraction, a superscript, a circled number."""
OTHER = "¬"
"""A symbol outside ASCII, or a run of the same one."""
PICTURE = "☺"
"""A character of an emoji."""


def say(match: re.Match[str], spoken: str) -> Parts:
    """Return the parts of a match that is said as a whole in these words."""
    return (Word(spoken, match.start(), match.end()),)


class Normalizer(Protocol):
    """One language's rules, compiled on demand (made by `exporter.normalize.normalizers.load_normalizer`)."""

    def __call__(self, text: str) -> Spoken:
        """Return a text in spoken words; the time is linear in its length."""
        ...
