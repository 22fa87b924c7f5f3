"""Typewriter signs become typographic ones: opening and closing quotation marks, apostrophes, ellipses, dashes.

Only what is certain is changed: a mark that may be a prime (6'2") stays, and so do the marks of a language without
marks in ``data/typography.toml``. Words and computer text stay as they are.

Spaces at which a line may not break become no-break spaces: within "10 km", "p. 12", "Dr. Lee", "J. R. R.", before
a dash between spaces, and in French before high punctuation. They are plain no-break spaces, the only ones that every
device shows (Kindle Publishing Guidelines). None is added where there was no space, so searching still works.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from exporter.data_tables import read_table

_TYPEWRITER_SIGNS = re.compile(r"""(?<!")"(?!")|(?<!')'(?!')|(?<!\.)\.{3}(?!\.)|(?<=\w)--(?=\w)|(?<= )--(?= )""")
_BEFORE_OPENING = frozenset(" \t\n\u00a0([{<—–-/“‘„‚«‹")
_LANGUAGE_JOINTS = {
    "fr": "(?<=[«‹]) | (?=[»›;:!?])",
    # A word of one letter may not end a line.
    **dict.fromkeys(("pl", "cs", "sk"), r"(?<!\w)[aikosuvwzAIKOSUVWZ] (?=\w)"),
}


@functools.cache
def _load_tables() -> dict[str, Any]:
    return read_table(Path(__file__).parent / "data" / "typography.toml")


@functools.cache
def _load_marks(language: str) -> Sequence[str]:
    """Return the quotation marks of a language, empty if they are not known."""
    tables: dict[str, list[str]] = _load_tables()["quotation_marks"]
    return next((marks for languages, marks in tables.items() if language in languages.split()), ())


@functools.cache
def _compile_clipped() -> re.Pattern[str]:
    """Return the pattern of words that begin with an apostrophe, without it."""
    return re.compile(rf"(?:{_alternatives(_load_tables()['clipped'])}|\d\ds?)\b", re.IGNORECASE)


def _alternatives(words: str) -> str:
    return "|".join(map(re.escape, words.split()))


@functools.cache
def _compile_joints(language: str) -> re.Pattern[str]:
    """Return the pattern of the spaces at which no line may break, each with the words before it."""
    tables = _load_tables()
    names = _alternatives(tables["before_names"].get(language, ""))
    parts = (
        rf"\d (?=(?:{_alternatives(tables['units'])})(?!\w)|\d{{3}}(?!\d))",
        rf"(?<!\w)(?:{_alternatives(tables['before_numbers'])})\. (?=\d)|[§¶№] (?=\d)",
        r"(?<!\w)[^\W\d_]\. (?=[^\W\d_]\.)|(?<![\w.])[A-ZÀ-ÖØ-Þ]\. (?=[A-ZÀ-ÖØ-Þ][a-zß-ÿ])",
        rf"(?<!\w)(?:{names})\.? (?=[A-ZÀ-ÖØ-Þ])" if names else "",
        r"(?<=\S) (?=[–—] )",
        _LANGUAGE_JOINTS.get(language, ""),
    )
    return re.compile("|".join(filter(None, parts)))


class Typesetter:
    """Typesets the runs of a block's text one after the other: a mark depends on the text before it."""

    def __init__(self, language: str) -> None:
        language = language.lower().partition("-")[0]
        self._marks = _load_marks(language)
        self._joints = _compile_joints(language)
        self.begin()

    def begin(self) -> None:
        """Begin a block, or another text that stands by itself."""
        self._before = " "
        self._is_open = [False, False]  # the double and the single quotation

    def skip(self, text: str) -> None:
        """Go on after content that is not typeset: code, a formula, a picture; `text` stands for it."""
        self._before = text[-1:] or "x"

    def set(self, text: str) -> str:
        """Typeset the next run of a block's text."""
        if not text:
            return text
        with_signs = _TYPEWRITER_SIGNS.sub(lambda found: self._set_sign(found, text), text) if self._marks else text
        self._before = text[-1]
        return self._joints.sub(lambda found: found[0].replace(" ", "\u00a0"), with_signs)

    def _set_sign(self, found: re.Match[str], text: str) -> str:
        sign = found[0]
        if sign == "...":
            return "…"
        before = text[found.start() - 1] if found.start() else self._before
        after = text[found.end() : found.end() + 1]
        if sign == "--":
            return "–" if before.isdigit() and after.isdigit() else "—"
        return (
            self._set_double(before, after) if sign == '"' else self._set_single(before, after, text[found.end() :][:8])
        )

    def _set_double(self, before: str, after: str) -> str:
        if before in _BEFORE_OPENING and not after.isspace() and after not in {"", ".", ","} and not self._is_open[0]:
            self._is_open[0] = True
            return self._marks[0]
        if before.isdigit() and not self._is_open[0]:
            return '"'
        self._is_open[0] = False
        return self._marks[1]

    def _set_single(self, before: str, after: str, rest: str) -> str:
        if before.isalpha() and after.isalpha():
            return "’"
        if (
            before in _BEFORE_OPENING
            and (after.isalnum() or after in {'"', "“", "["})
            and not _compile_clipped().match(rest)
        ):
            self._is_open[1] = True
            return self._marks[2]
        if before.isdigit() and not self._is_open[1] and not after.isalpha():
            return "'"
        if self._is_open[1] and not after.isalnum() and not before.isspace():
            self._is_open[1] = False
            return self._marks[3]
        return "’"


def set_line(text: str, language: str) -> str:
    """Typeset a text that stands by itself, such as a title."""
    return Typesetter(language).set(text)
