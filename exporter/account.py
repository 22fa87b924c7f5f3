"""MODEL: the account of a document: what became of each visible text of the source, in its order.

A text is `Kept` as a part of the article, or `Dropped` with the reason. Letters and digits are counted, and nothing
else: readers change white space, quotation marks and dashes.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from exporter.errors import Notice

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

    @property
    def notice(self) -> Notice:
        """The notice of it, which quotes the beginning of a long text."""
        text = self.text if len(self.text) <= _MAX_QUOTED_CHARS else f"{self.text[: _MAX_QUOTED_CHARS - 1]}…"
        return Notice(text, f"dropped: {self.why}{f' ({self.where})' if self.where else ''}")


Account = tuple[Kept | Dropped, ...]
"""What became of each visible text of a source, in the source's order."""


def list_dropped(account: Iterable[Kept | Dropped]) -> tuple[Dropped, ...]:
    """Return the texts of an account that were left out."""
    return tuple(part for part in account if isinstance(part, Dropped))


def count_letters(text: str) -> int:
    """Count the letters and digits of a text."""
    return sum(map(str.isalnum, text))
