"""What the rules say with: the numbers of a language, and its words from the tables."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from exporter.normalize.tables import table

# Thousands are set off by a dot, a space or an apostrophe; decimals begin with a comma (in America also with a dot).
NUMBER = r"(?:\d{1,3}(?:[.\u00a0\u202f '’]\d{3}){1,8}(?!\d)|\d{1,30})(?:,\d{1,20}|\.(?!\d{3}(?!\d))\d{1,20})?(?!\d)"
_THOUSANDS = re.compile(r"[.\u00a0\u202f '’](?=\d{3}(?!\d))")

_MILLIONS = re.compile(r"mill(?:ón|ones|ions?|iards?)\Z")
_ARTICLE = re.compile(
    r"\b(?:(?:in|an|auf|mit|von|nach|vor|seit|aus|bei|zu|während)\sder|am|vom|zum|zur|dem|den|des|im|ab|seit)\s\Z"
    r"|\b(?P<nominative>der|die|das)\s\Z",
    re.IGNORECASE,
)


class Tongue(msgspec.Struct, frozen=True):
    """A language and its tables (``speech.toml``)."""

    language: str
    tables: dict[str, Any]

    @property
    def words(self) -> dict[str, str]:
        """The small words: and, to, point, minus, percent."""
        words: dict[str, str] = self.tables["words"]
        return words

    def forms(self, name: str) -> dict[str, tuple[str, ...]]:
        """Return a table of written signs: each with its singular, plural and so on."""
        return {sign: tuple(said.split("/")) for sign, said in self.tables[name].items()}

    def cardinal(self, number: int, counting: bool = False) -> str:
        """Say how many; `counting` where a masculine noun follows, which shortens the word for one."""
        said = _words(number, self.language, "cardinal")
        if counting and self.language == "es" and said.endswith("uno"):
            return f"{said[:-3]}ún" if said.endswith("veintiuno") else said[:-1]
        if counting and self.language == "de" and said.endswith("eins"):
            return said[:-1]
        return said

    def ordinal(self, number: int) -> str:
        """Say which one."""
        return _words(number, self.language, "ordinal")

    def inflected(self, number: int, before: str) -> str:
        """Say a German ordinal as the words before it ask: "der dritte", "am dritten", "dritter"."""
        found = _ARTICLE.search(before)
        if not found:
            return f"{self.ordinal(number)}r"
        return self.ordinal(number) if found["nominative"] else f"{self.ordinal(number)}n"

    def year(self, number: int) -> str:
        """Say a year."""
        return _words(number, self.language, "year")

    def number(self, written: str, counting: bool = False) -> str:
        """Say a number as `NUMBER` matches it."""
        whole, _, decimals = _THOUSANDS.sub("", written).replace(",", ".").partition(".")
        if len(whole) > 1 and whole[0] == "0":
            return " ".join(self.cardinal(int(figure)) for figure in whole)
        said = self.cardinal(int(whole), counting and not decimals)
        return f"{said} {self.words['point']} {self._decimals(decimals)}" if decimals else said

    def of(self, said: str, counted: str) -> str:
        """Join a noun to the number before it: after a million Spanish and French put a preposition."""
        if self.language == "de" or not _MILLIONS.search(said):
            return counted
        return f"d'{counted}" if self.language == "fr" and counted[0] in "aeiouhéè" else f"de {counted}"

    def _decimals(self, figures: str) -> str:
        if self.words["decimals"] == "digits" or figures[0] == "0" or len(figures) > 3:
            return " ".join(self.cardinal(int(figure)) for figure in figures)
        return self.cardinal(int(figures))


def one(written: str) -> bool:
    """Whether a number as written takes the singular."""
    return written.lstrip("-−0") == "1"


@cache
def tongue(language: str) -> Tongue:
    """Return a language with its tables."""
    return Tongue(language, table(language, "speech"))


@cache
def _words(number: int, language: str, kind: str) -> str:
    from num2words import num2words  # noqa: PLC0415  fifty milliseconds that English need not pay

    said: str = num2words(number, lang=language, to=kind)
    return said
