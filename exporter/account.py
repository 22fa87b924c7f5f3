"""MODEL: the account of a document: what became of each visible text of the source, in its order.

A text is `Kept` as a part of the article, or `Dropped` with the reason. Letters and digits are counted, and nothing
else: readers change white space, quotation marks and dashes.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from exporter.errors import Notice

_MARKED_REASONS = (
    "boilerplate: the page marks", "boilerplate: its role", "a form", "a control", "hidden",
    "front matter", "a comment", "a link definition", "a statement",
)  # fmt: skip
"""How the reasons begin for which a source leaves no doubt: its own markup sets the text apart."""

LOST = "not found in the article"
"""The reason for words of which neither a step of the reader nor their own form says why they are left out."""

_MIN_LOST_LETTERS = 20
"""Letters of lost words that are worth a notice; fewer are a mark of a note, a letter of a formula."""

_OWN_PARTS = ("article", "main")
"""Elements with which a page says what its article is."""

_MAX_USUAL_SHARE = 0.5
"""Share of a source's letters that is left out in doubt: one page of ten has more (426 news pages and blogs)."""

_MIN_PROSE_LETTERS = 200
"""Letters of a text that is more than a label or a line, so that its loss is worth a word."""

_MAX_QUOTED_CHARS = 200
"""Characters of a dropped text that a notice quotes."""


class Kept(msgspec.Struct, frozen=True):
    """A text of the source that is in the article, and its `role` there: "title", "byline", "paragraph", "caption"."""

    text: str
    role: str


class Dropped(msgspec.Struct, frozen=True):
    """A text of the source that was left out, whole: why, and where it stood, empty where the source has no parts.

    `where` names the element of a page, and the part of the page around it: "article > div.share".
    """

    text: str
    why: str
    where: str = ""

    def make_notice(self, *, whole: bool = False) -> Notice:
        """Return the notice of it, which quotes only the beginning of a long text unless `whole` is set."""
        short = whole or len(self.text) <= _MAX_QUOTED_CHARS
        text = self.text if short else f"{self.text[: _MAX_QUOTED_CHARS - 1]}…"
        return Notice(text, f"dropped: {self.why}{f' ({self.where})' if self.where else ''}")


Account = tuple[Kept | Dropped, ...]
"""What became of each visible text of a source, in the source's order."""


def list_dropped(account: Iterable[Kept | Dropped]) -> tuple[Dropped, ...]:
    """Return the texts of an account that were left out."""
    return tuple(part for part in account if isinstance(part, Dropped))


def count_letters(text: str) -> int:
    """Count the letters and digits of a text."""
    return sum(map(str.isalnum, text))


def find_unusual(account: Iterable[Kept | Dropped]) -> tuple[Notice, ...]:
    """Return the notices of what a user must know: much was left out, prose of the page's own article, lost words."""
    kept = doubtful = 0
    own: list[Dropped] = []
    for part in account:
        letters = count_letters(part.text)
        if isinstance(part, Kept):
            kept += letters
        elif not part.why.startswith(_MARKED_REASONS):
            doubtful += letters
            if part.why == LOST:
                own += [part] if letters >= _MIN_LOST_LETTERS else []
            elif letters >= _MIN_PROSE_LETTERS and part.where.startswith(_OWN_PARTS) and "boilerplate" not in part.why:
                own.append(part)
    notices: list[Notice] = []
    if doubtful > _MAX_USUAL_SHARE * (kept + doubtful):
        share = round(100 * doubtful / (kept + doubtful))
        notices.append(Notice("the source", f"{share} % of its text was left out as boilerplate: see --verbose"))
    notices += [each.make_notice() for each in own]
    return tuple(notices)
