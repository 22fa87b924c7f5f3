"""Typewriter's signs become a typesetter's: quotation marks that open and close, apostrophes, ellipses, dashes.

Only what is plain is changed: a mark that may be a prime (6'2") stays, and so does a language whose marks are not
known here. No word changes, and computer text is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ENGLISH = "“”‘’"
# Opening and closing double, opening and closing single marks, by language (CLDR 46, `quotationStart` and so on).
_MARKS = {
    **dict.fromkeys(("en", "es", "it", "pt", "nl", "tr", "ga", "cy"), _ENGLISH),
    "de": "„“‚‘",
    "cs": "„“‚‘",
    "pl": "„”‚’",
    "fr": ("«\u00a0", "\u00a0»", "‹\u00a0", "\u00a0›"),
}
_SIGNS = re.compile(r"""(?<!")"(?!")|(?<!')'(?!')|(?<!\.)\.{3}(?!\.)|(?<=\w)--(?=\w)|(?<= )--(?= )""")
_OPENING = frozenset(" \t\n\u00a0([{<—–-/“‘„‚«‹")
# Words that begin with an apostrophe.
_CLIPPED = re.compile(r"(?:tis|twas|twere|til|till|em|cause|bout|round|n|\d\ds?)\b", re.IGNORECASE)


class Typesetter:
    """Sets the runs of one block's text after each other: what a mark means depends on what stood before it."""

    def __init__(self, language: str) -> None:
        self._marks: Sequence[str] = _MARKS.get(language.lower().partition("-")[0], "")
        self.begin()

    def begin(self) -> None:
        """Begin a block."""
        self._before = " "
        self._open = [False, False]

    def past(self, text: str) -> None:
        """Pass by something that is not set: code, a formula, a picture."""
        self._before = text[-1:] or "x"

    def set(self, text: str) -> str:
        """Return the next run of a block's text as it is set."""
        if not text or not self._marks:
            return text
        made = _SIGNS.sub(lambda found: self._sign(found, text), text)
        self._before = text[-1]
        return made

    def _sign(self, found: re.Match[str], text: str) -> str:
        sign = found[0]
        if sign == "...":
            return "…"
        before = text[found.start() - 1] if found.start() else self._before
        after = text[found.end() : found.end() + 1]
        if sign == "--":
            return "–" if before.isdigit() and after.isdigit() else "—"
        return self._double(before, after) if sign == '"' else self._single(before, after, text[found.end() :][:8])

    def _double(self, before: str, after: str) -> str:
        if before in _OPENING and not after.isspace() and after not in {"", ".", ","} and not self._open[0]:
            self._open[0] = True
            return self._marks[0]
        if before.isdigit() and not self._open[0]:
            return '"'
        self._open[0] = False
        return self._marks[1]

    def _single(self, before: str, after: str, rest: str) -> str:
        if before.isalpha() and after.isalpha():
            return "’"
        if before in _OPENING and (after.isalnum() or after in {'"', "“", "["}) and not _CLIPPED.match(rest):
            self._open[1] = True
            return self._marks[2]
        if before.isdigit() and not self._open[1] and not after.isalpha():
            return "'"
        if self._open[1] and not after.isalnum() and not before.isspace():
            self._open[1] = False
            return self._marks[3]
        return "’"


def set_line(text: str, language: str) -> str:
    """Set a text that stands by itself, as a title does."""
    return Typesetter(language).set(text)
