"""What rules share about English: how numbers are written, what stands around a span, and how letters are spelled."""

from __future__ import annotations

import re

import msgspec

from exporter.normalize.english import numerals

# Numbers as written. Every repetition is bounded, so that no text makes a match long.
INTEGER = r"(?:\d{1,3}(?:,\d{3}){1,11}(?![\d])|\d{1,36}(?!\d))"
NUMBER = rf"(?:(?:\d{{1,3}}(?:,\d{{3}}){{1,11}}|\d{{1,36}})(?:\.\d{{1,30}})?(?!\d)|\.\d{{1,30}}(?!\d))"
DASH = r"(?:[-‐‑–—−]|\s[-–—−]\s)"
RANGE = rf"(?:{DASH}|\s(?:to|and|or)\s)"
SCALE = r"(?:hundred|thousand|million|billion|trillion|quadrillion)"


class Variety(msgspec.Struct, frozen=True):
    """A variety of English: British, or else American."""

    british: bool = False

    def cardinal(self, number: int) -> str:
        """Say how many."""
        return numerals.cardinal(number, self.british)

    def ordinal(self, number: int) -> str:
        """Say which one."""
        return numerals.ordinal(number, self.british)

    def year(self, number: int) -> str:
        """Say a year."""
        return numerals.year(number, self.british)

    def number(self, written: str) -> str:
        """Say a number as `NUMBER` matches it: thousands set off, with decimals, with a sign."""
        sign = ""
        if written[:1] in ("-", "−", "+", "±"):
            sign = {"+": "plus ", "±": "plus or minus "}.get(written[0], "minus ")
            written = written[1:]
        whole, point, decimals = written.replace(",", "").partition(".")
        if len(whole) > 1 and whole[0] == "0" and not point:
            return sign + numerals.digits(whole)
        said = self._whole(whole)
        if point:
            said = f"{said} point {numerals.digits(decimals)}".lstrip()
        return sign + said

    def _whole(self, figures: str) -> str:
        if not figures:
            return ""
        return self.cardinal(int(figures)) if len(figures) <= 36 else numerals.digits(figures)


def one(written: str) -> bool:
    """Whether a number as written is exactly one, and so takes the singular."""
    return written.lstrip("-−+0") == "1"


_WORD_BEFORE = re.compile(r"([^\s(\[“\"‘]+)[\s(\[“\"‘]*\Z")
_WORD_AFTER = re.compile(r"[\s-][\"“‘]?([^\W_]+(?:['’-][^\W_]+)*)")


def before(text: str, start: int, reach: int = 40) -> str:
    """Return the word before a position, in lower case, with punctuation that follows it; empty at the beginning."""
    found = _WORD_BEFORE.search(text[max(0, start - reach) : start])
    return found.group(1).lower() if found else ""


def after(text: str, end: int, reach: int = 40) -> str:
    """Return the word that follows directly, as written; empty where a mark of punctuation or nothing follows."""
    found = _WORD_AFTER.match(text[end : end + reach])
    return found.group(1) if found else ""


_LAST = re.compile(r"\.[\"'”’)\]]{0,4}\s{0,8}\Z")
_END = re.compile(r"\.[\"'”’)\]]{0,4}(?:\s{0,8}\Z|\s{1,8}[\"“‘(]?[A-Z])")


def stop(text: str, end: int, inner: bool = False) -> int:
    """Return where an abbreviation ends that goes up to `end`: before its dot if that also ends the sentence.

    `inner` is for abbreviations that often stand before a capital letter: only the end of the text is an end.
    """
    return end - 1 if (_LAST if inner else _END).match(text, end - 1) else end


def spell(letters: str, ending: str = "") -> str:
    """Spell letters so that speech engines and people do: "F B I", but "A.P", since "A P" begins with an article.

    `ending` is a plural or possessive: "s", "'s".
    """
    if ending:
        ending = "'s"
    if "A" not in letters or len(letters) == 1:
        return " ".join(letters) + ending
    return ".".join(letters) + (f".{ending}" if ending and len(letters) == 2 else ending)
