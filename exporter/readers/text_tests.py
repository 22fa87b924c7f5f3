"""What the end and the beginning of a line say about sentences, in any script."""

from __future__ import annotations

import re
from functools import lru_cache

MAX_CREDIT_CHARS = 120
"""Characters of a picture's credit. Chosen by reading pages; no measurement."""

_CLOSING_MARKS = "\"'”’»›)]}」』）】》〉*_"
_SENTENCE_END_MARKS = ".!?…。！？｡।؟:"
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-ZÀ-Þ]|[A-Z](?:\.[A-Z])+|[A-Z][a-z]?|Mrs|Sen|Rep|Gen|Gov|Prof|Hon|Rev|Capt|Col|Sgt|Lt|Maj|Cmdr|vs|No|Nr|etc|"
    r"Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|approx|ca|bzw|resp|inkl|evtl|ggf|Mio|Mrd|Inc|Ltd|Corp|Co)\.$"
)


@lru_cache(maxsize=1024)  # every step asks of the same lines
def ends_sentence(line: str) -> bool:
    """Whether a sentence ends with the line; a colon ends one too, since what follows it stands apart."""
    bare = line.rstrip(_CLOSING_MARKS + " ")
    return bare[-1:] in _SENTENCE_END_MARKS if bare else bool(line)


def ends_abbreviation(line: str) -> bool:
    """Whether the full stop at the end of a line may be an abbreviation's."""
    return line.endswith(".") and _ABBREVIATION.search(line[-12:]) is not None


def starts_lower(line: str) -> bool:
    """Whether a line begins in the middle of a sentence: with a small letter, or a mark that never begins one."""
    first = line[:1]
    return first.islower() or first in ",;)]%&–" or (first in "—-" and line[1:2].islower())


def is_paragraph(text: str, least: int) -> bool:
    """Whether a text is a paragraph: at least so many characters (half as many ideographs), and a sentence ends it."""
    return 2 * len(text) >= least and measure_text(text) >= least and ends_sentence(text)


@lru_cache(maxsize=1024)
def measure_text(text: str) -> int:
    """Return how much a text says in characters of an alphabet; an ideograph says as much as two and more."""
    if text.isascii():
        return len(text)
    return len(text) * 2 if is_ideographic(text) or is_ideographic(text[:4]) else len(text)


def is_ideographic(line: str) -> bool:
    """Whether a line ends in writing without spaces: Chinese or Japanese."""
    # Most lines have none so high; an expression with these sets takes 2 ms to compile.
    return (
        not line.isascii()
        and max(line[-4:]) >= "\u3005"
        and any(
            "\u3005" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"
            for char in line[-4:]
        )
    )
