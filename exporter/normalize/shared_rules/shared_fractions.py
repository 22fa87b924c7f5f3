"""Fractions: 1/3, ½, 1 ½."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import NUMERIC, Parts, Rule, say
from exporter.normalize.languages.language import Language
from exporter.script import Word

# The numerator and the denominator of each sign, as the digits of a number.
_FRACTION_SIGNS = {
    sign: divmod(parts, 10)
    for sign, parts in zip("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞", (12, 13, 23, 14, 34, 15, 25, 35, 45, 16, 56, 18, 38, 58, 78), strict=True)
}
_FRACTION_SIGN = f"[{''.join(_FRACTION_SIGNS)}]"
_NO_RANGE = r"(?:(?=1[/⁄])|(?!\d{1,2}[/⁄]\d{1,2}\s?mm\b))"  # "2/3 mm", two or three
_FRACTION_PATTERN = (
    rf"(?:{_NO_RANGE}(?P<above>\d{{1,2}})[/⁄](?P<below>1000?|\d{{1,2}})(?!\w|[/⁄.,]\d|\s?[°º])"
    rf"|(?P<sign>{_FRACTION_SIGN}))"
)
_SET_WON = re.compile(r"[67]")  # games that win a set
# Several in a row are the sets of a match: "6/4, 3/6 e 7/6 (7/5)".
# The points of a tie-break may have more digits: "7-6 (11/9)".
_TIE_BREAK_BEFORE = re.compile(r"(?<!\d)(?:7[-–/]6|6[-–/]7)\s?\(\Z")
_SET_BEHIND = re.compile(r",?\s(?:[^\W\d_]{1,3}\s)?[0-7]/[0-7](?!\d)")
_SET_BEFORE = re.compile(r"(?<!\d)[0-7][-–/][0-7](?:,?\s(?:[^\W\d_]{1,3}\s)?|\s\()\Z")
# A noun of which there is a part, "1/4 taza"; in "3/4 partes" it is the name of the parts.
_NOUN_BEHIND = re.compile(r"[ \u00a0](?!part)([a-zß-ÿ]{3,30})(?!\w)")
_MAX_SET_CHARS = 10  # searched for the set before one
_HUNDREDTHS = (100, 1000)
_MAX_AND_CHARS = 5  # "and" between a number and its half
_MAX_DENOMINATOR = 9  # above it "8/10" is a score, unless the numerator is one


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for fractions: alone, after a whole number, before a unit."""
    reader = _SharedFractionReader(language)
    pattern = rf"(?<![\w.,/⁄])(?<!\d-)(?:(?P<whole>\d{{1,3}})(?:\s|(?={_FRACTION_SIGN})))?{_FRACTION_PATTERN}"
    units = "|".join(map(re.escape, sorted(language.unit_signs, key=len, reverse=True)))
    anchors = frozenset({FIGURES, NUMERIC})
    return (
        Rule("fraction", anchors, rf"{pattern}[\s\u00a0\u202f]?(?P<unit>{units})(?![\w/²³])", reader.read_measure),
        Rule("fraction", anchors, pattern, reader.read),
    )


def is_set(match: re.Match[str]) -> bool:
    """Whether two numbers with a slash are the games of a set or the points of its tie-break: a set is beside them."""
    before = match.string[max(0, match.start() - _MAX_SET_CHARS) : match.start()]
    if _TIE_BREAK_BEFORE.search(before):
        return True
    if not _SET_WON.search(match.group()):
        return False
    return bool(_SET_BEHIND.match(match.string, match.end()) or _SET_BEFORE.search(before))


class _SharedFractionReader:
    """Reads fractions in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def read(self, match: re.Match[str]) -> Parts | None:
        if is_set(match):
            return None
        before = match.string[max(0, match.start() - _MAX_AND_CHARS) : match.start()]
        half = self._language.tables["fractions"].get("mixed")
        if half and match.group() in ("1/2", "½") and before.endswith(f" {self._language.words['and']} "):
            return say(match, half)  # "2 kilos y 1/2"
        found = self._language.nouns.find_agreement(match.string, match.start(), match.end())
        noun = _NOUN_BEHIND.match(match.string, match.end()) if found.counts and not before[-2:-1].isdecimal() else None
        if noun and not match["whole"] and "of" in self._language.words:
            is_half = match["sign"] == "½" or match["below"] == "2"
            said = self._say_fraction(match, found.form if is_half else "")
            part = self._language.say_part_of(said, noun[1], is_half)
            return (Word(part, match.start(), noun.end()),) if said else None
        said = self._say_fraction(match, found.form if found.counts else "")
        return say(match, said) if said else None

    def read_measure(self, match: re.Match[str]) -> Parts | None:
        """Read a fraction of a unit: half a kilo, three quarters of a litre."""
        unit = self._language.say_unit(match["unit"], single=True)
        said = self._say_fraction(match, self._language.nouns.agree_with(unit).form)
        if not said:
            return None
        if match["whole"]:
            single = self._language.is_mixed_single(match["whole"])
            return say(match, f"{said} {self._language.say_unit(match['unit'], single=single)}")
        is_half = match["sign"] == "½" or match["below"] == "2"
        return say(match, self._language.say_part_of(said, unit, is_half))

    def _say_fraction(self, match: re.Match[str], form: str) -> str:
        above, below = _FRACTION_SIGNS[match["sign"]] if match["sign"] else (int(match["above"]), int(match["below"]))
        if not 0 < above < below or (below > _MAX_DENOMINATOR and above > 1 and below not in _HUNDREDTHS):
            return ""
        whole = match["whole"]
        if whole is None:
            return self._language.say_fraction(above, below, form)
        return self._language.say_mixed(whole, above, below, form)
