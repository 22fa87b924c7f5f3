"""Lines, and the seams between them: all that tells whether one goes on in the next."""

from __future__ import annotations

import re

import msgspec

from exporter.readers import text_tests
from exporter.readers.scraped import hyphens

_TAB_COLUMNS = 4  # columns, for indents only

_MIN_BROKEN_IDEOGRAPHS = 12
"""Ideographs from which a line without an end mark was broken and is no heading."""

_PAIRS = (("(", ")"), ("“", "”"), ("„", "“"))
_ITEM_MARK = re.compile(r"\(?\w{1,3}\)")  # the mark of a list's item: its bracket closes nothing

_HANGING_COLUMNS = 3
"""Columns that a line of ideographs may stay short, since some marks may not begin the next one."""


class TextLine(msgspec.Struct, frozen=True, gc=False):
    """A line without its indent, the columns of that, and how many blank lines stand before it."""

    text: str
    indent: int
    gap: int


class LineBreak(msgspec.Struct, frozen=True, gc=False):
    """What stands between a line and the next one.

    `gap` counts the blank lines between them, `inset` the columns before the line, `indent` those before the next one.
    The line has `length` characters, and would have `needed` with the next one's first word, which has `word`. `ends`
    says that a sentence ends with the line, `lower` that the next one begins in the middle of one, `broken` that a
    hyphen breaks a word here, and `sure` that the line goes on whatever its length.
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
    sure: bool


def split_lines(text: str) -> list[TextLine]:
    """Cut a text into its lines that are not blank."""
    found: list[TextLine] = []
    gap = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if not stripped:
            gap += 1
            continue
        indent = 0
        if raw[0] in " \t":
            indent = len(raw[: len(raw) - len(raw.lstrip())].expandtabs(_TAB_COLUMNS))
        found.append(TextLine(stripped, indent, gap))
        gap = 0
    return found


def measure_break(line: TextLine, after: TextLine) -> LineBreak:
    """Look at the place between two lines."""
    length = len(line.text)
    # Ideographs may be parted anywhere.
    word = 1 if text_tests.is_ideographic(after.text[:1]) else len(after.text.partition(" ")[0])
    ends, lower = text_tests.ends_sentence(line.text), text_tests.starts_lower(after.text.lstrip("> "))
    broken = hyphens.is_word_broken(line.text, after.text)
    if text_tests.is_ideographic(line.text):
        sure, needed = not ends and length >= _MIN_BROKEN_IDEOGRAPHS, length + _HANGING_COLUMNS
    else:
        sure = broken or (not ends and (lower or _has_closing_mark(line.text, after.text)))
        needed = length + word + (not broken)
    return LineBreak(after.gap, line.indent, after.indent, length, needed, word, ends, lower, broken, sure)


def _has_closing_mark(text: str, after: str) -> bool:
    """Whether the next line closes brackets, or a quotation, that stand open at the end of this one."""
    for opening, closing in _PAIRS:
        if text.rfind(opening) > text.rfind(closing) and not (closing == ")" and _ITEM_MARK.match(after)):
            at = after.find(closing)
            if at >= 0 and opening not in after[:at]:
                return True
    return False
