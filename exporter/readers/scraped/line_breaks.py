"""Lines, and the line breaks between them with all that decides whether a sentence goes on over them."""

from __future__ import annotations

import re

import msgspec

from exporter.readers.scraped import hyphens
from exporter.readers.text_tests import ends_sentence_or_colon, is_ideographic, starts_lower

_TAB_COLUMNS = 4
"""Columns between tab stops, for indents."""

_MIN_BROKEN_IDEOGRAPHS = 12
"""A line of so many ideographs without an end mark is not a heading: it was broken. Chosen by reading pages."""

_PAIRS = (("(", ")"), ("“", "”"), ("„", "“"))
_ITEM_MARK = re.compile(r"\(?\w{1,3}\)")  # of a list's item: its bracket closes nothing

_HANGING_COLUMNS = 3
"""Columns that a line of ideographs may stay short, since some marks must not begin a line."""


class TextLine(msgspec.Struct, frozen=True, gc=False):
    """A line without its indent, the columns of the indent, the blank lines before it, and its number, from 1 on."""

    text: str
    indent: int
    gap: int
    number: int = 0


class LineBreak(msgspec.Struct, frozen=True, gc=False):
    """The break between a line and the next one.

    `gap` counts the blank lines between them. `inset` and `indent` are the columns before the line and before the next
    one. The line has `length` characters; with the first word of the next line, of `word` characters, it would have
    `needed`. `ends`: a sentence ends with the line. `lower`: the next line begins in the middle of a sentence.
    `broken`: a hyphen breaks a word here. `certain`: the line surely goes on, whatever its length.
    """

    gap: int
    inset: int
    indent: int
    length: int
    needed: int
    word: int
    ends: bool
    lower: bool
    broken: bool
    certain: bool


def split_lines(text: str) -> list[TextLine]:
    """Split a text into its lines that are not blank."""
    found: list[TextLine] = []
    gap = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        stripped = raw.strip()
        if not stripped:
            gap += 1
            continue
        indent = 0
        if raw[0] in " \t":
            indent = len(raw[: len(raw) - len(raw.lstrip())].expandtabs(_TAB_COLUMNS))
        found.append(TextLine(stripped, indent, gap, number))
        gap = 0
    return found


def measure_break(line: TextLine, after: TextLine) -> LineBreak:
    """Measure the break between two lines."""
    length = len(line.text)
    # A line of ideographs may be broken anywhere.
    word = 1 if is_ideographic(after.text[:1]) else len(after.text.partition(" ")[0])
    ends, lower = ends_sentence_or_colon(line.text), starts_lower(after.text.lstrip("> "))
    broken = hyphens.is_word_broken(line.text, after.text)
    if is_ideographic(line.text):
        certain, needed = not ends and length >= _MIN_BROKEN_IDEOGRAPHS, length + _HANGING_COLUMNS
    else:
        certain = broken or (not ends and (lower or _has_closing_mark(line.text, after.text)))
        needed = length + word + (not broken)
    return LineBreak(after.gap, line.indent, after.indent, length, needed, word, ends, lower, broken, certain)


def _has_closing_mark(text: str, after: str) -> bool:
    """Whether the next line closes brackets, or a quotation, that are open at the end of this one."""
    for opening, closing in _PAIRS:
        if text.rfind(opening) > text.rfind(closing) and not (closing == ")" and _ITEM_MARK.match(after)):
            at = after.find(closing)
            if at >= 0 and opening not in after[:at]:
                return True
    return False
