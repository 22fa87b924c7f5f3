"""Fractions: 1/3, ½, 1 ½."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import NUMERIC, Parts, Rule, say
from exporter.normalize.continental.number_words import Verbalizer

# The numerator and the denominator of each sign, as the digits of a number.
_FRACTION_SIGNS = {
    sign: divmod(parts, 10)
    for sign, parts in zip("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞", (12, 13, 23, 14, 34, 15, 25, 35, 45, 16, 56, 18, 38, 58, 78), strict=True)
}
_FRACTION_SIGN = f"[{''.join(_FRACTION_SIGNS)}]"
_FRACTION_PATTERN = rf"(?:(?P<above>\d{{1,2}})[/⁄](?P<below>\d{{1,2}})(?!\w|[/⁄.,]\d)|(?P<sign>{_FRACTION_SIGN}))"
_MAX_DENOMINATOR = 9  # above it "8/10" is a score, unless the numerator is one


def rules(verbalizer: Verbalizer) -> tuple[Rule, ...]:
    """Return the rules for fractions: alone, after a whole number, before a unit."""
    reader = _ContinentalFractionReader(verbalizer)
    pattern = rf"(?<![\w.,/⁄])(?:(?P<whole>\d{{1,3}})(?:\s|(?={_FRACTION_SIGN})))?{_FRACTION_PATTERN}"
    units = "|".join(map(re.escape, sorted(verbalizer.unit_signs, key=len, reverse=True)))
    anchors = frozenset({FIGURES, NUMERIC})
    return (
        Rule("fraction", anchors, rf"{pattern}[\s\u00a0\u202f]?(?P<unit>{units})(?![\w/²³])", reader.read_measure),
        Rule("fraction", anchors, pattern, reader.read),
    )


class _ContinentalFractionReader:
    """Reads fractions in one language."""

    def __init__(self, verbalizer: Verbalizer) -> None:
        self._verbalizer = verbalizer

    def read(self, match: re.Match[str]) -> Parts | None:
        found = self._verbalizer.nouns.find_agreement(match.string, match.start(), match.end())
        said = self._say_fraction(match, found.form if found.counts else "")
        return say(match, said) if said else None

    def read_measure(self, match: re.Match[str]) -> Parts | None:
        """Read a fraction of a unit: half a kilo, three quarters of a litre."""
        unit = self._verbalizer.say_unit(match["unit"], single=True)
        said = self._say_fraction(match, self._verbalizer.nouns.agree_with(unit).form)
        if not said:
            return None
        if match["whole"]:
            many = match["whole"] != "1" or self._verbalizer.language == "de"
            return say(match, f"{said} {self._verbalizer.say_unit(match['unit'], single=not many)}")
        half = match["sign"] == "½" or match["below"] == "2"
        return say(match, f"{said} {unit}" if half or self._verbalizer.language == "de" else f"{said} de {unit}")

    def _say_fraction(self, match: re.Match[str], form: str) -> str:
        above, below = _FRACTION_SIGNS[match["sign"]] if match["sign"] else (int(match["above"]), int(match["below"]))
        if not 0 < above < below or (below > _MAX_DENOMINATOR and above > 1):
            return ""
        whole = match["whole"]
        if whole is None:
            return self._say_part(above, below, form)
        if self._verbalizer.language == "de" and (above, below) == (1, 2):
            return "eineinhalb" if whole == "1" else f"{self._verbalizer.say_cardinal(int(whole))}einhalb"
        number = self._verbalizer.say_cardinal(int(whole))
        return f"{number} {self._verbalizer.words['and']} {self._say_part(above, below, 'mixed')}"

    def _say_part(self, above: int, below: int, form: str) -> str:
        """Say a fraction below one; `form` is the agreement of a half."""
        verbalizer = self._verbalizer
        names: dict[str, str] = verbalizer.tables["fractions"]
        if (above, below) == (1, 2):
            return names.get(form, names["half"])
        name = names.get(str(below)) or _name_parts(verbalizer, below)
        if verbalizer.language == "de":
            return f"{'ein' if above == 1 else verbalizer.say_cardinal(above)} {name}"
        number = "un" if above == 1 else verbalizer.say_cardinal(above)
        return f"{number} {name}" if above == 1 or name.endswith("s") else f"{number} {name}s"


def _name_parts(verbalizer: Verbalizer, below: int) -> str:
    """Return the name of the parts, mostly the ordinal of the denominator."""
    match verbalizer.language:
        case "de":
            return f"{verbalizer.say_ordinal(below)}l".capitalize()
        case "es" if below > 10:
            return f"{verbalizer.say_cardinal(below).removesuffix('e')}avo"
        case _:
            return verbalizer.say_ordinal(below)
