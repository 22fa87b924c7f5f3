"""Measures: numbers with units, their spans, powers, rates and dimensions; feet and inches; temperatures."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import NUMERIC, Parts, Rule
from exporter.normalize.english import numerals
from exporter.normalize.english.grammar import NUMBER, RANGE, Variety, after, before, one, stop
from exporter.normalize.tables import table
from exporter.script import Word

_VULGAR = {
    "¼": (1, 4),
    "½": (1, 2),
    "¾": (3, 4),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
}
_MIXED = r"(?:\s?[½¼¾⅓⅔⅛⅜⅝⅞]|\s\d/\d{1,2}(?!\d))"
_SIGN = r"(?:(?<![\w)])[-−+±~≈<>≤≥]\s?)?"
_SIGNS = {
    "-": "minus ",
    "−": "minus ",
    "+": "plus ",
    "±": "plus or minus ",
    "~": "about ",
    "≈": "about ",
    "<": "less than ",
    ">": "more than ",
    "≤": "at most ",
    "≥": "at least ",
}
_SCALES = {
    "k": "thousand",
    "K": "thousand",
    "m": "million",
    "M": "million",
    "mn": "million",
    "bn": "billion",
    "b": "billion",
    "B": "billion",
    "tn": "trillion",
}
# Before "70s" these show that it is a number of seconds.
_TIMED = frozenset(
    "took takes take taking wait waited pause for of after every within about around last lasts lasted under over".split()
)
# A quotation that has begun and not ended: its closing mark is no sign of inches.
_OPEN = re.compile(r"(?:[“]|(?<![\w.,!?])\")[^\"”]*\Z")


class _Units:
    """The table of units, in one variety of English."""

    def __init__(self, variety: Variety) -> None:
        lists = table("en", "units")
        swaps = lists["british"] if variety.british else {}
        self.careful = frozenset(lists["careful"]["words"].split())
        self.names: dict[str, tuple[str, str]] = {}
        for said, forms in lists["units"].items():
            single, many = said.split("/")
            for american, british in swaps.items():
                single, many = single.replace(american, british), many.replace(american, british)
            for form in forms.split():
                self.names[form] = (single, many)
        self.squares = frozenset(lists["powers"]["square"].split())
        self.cubes = frozenset(lists["powers"]["cubic"].split())

    def name(self, unit: str, power: str, single: bool) -> str | None:
        """Say a unit with its power, or None if there is none such."""
        names = self.names.get(unit) or self.names.get(unit.rstrip("."))
        if not names:
            return None
        said = names[0 if single else 1]
        if power in self.squares:
            return f"square {said}"
        return f"cubic {said}" if power in self.cubes else said


_UNIT = r"(?:(?P<power>sq\.?|cu\.?|square|cubic)\s)?(?P<unit>[°º℃℉]\s?[CFc]?(?![^\W_])|[µμ]?[A-Za-zΩΩ]{1,6}(?:/s(?![^\W_]))?)(?P<dot>\.)?(?P<exponent>[²³]|\^[23]|(?<=m|t|n|i)[23](?!\d))?(?:(?:\s?/\s?|\sper\s)(?P<over>[A-Za-z]{1,6}|100[a-z]{1,3})(?P<over_exponent>[²³]|\^[23]|(?<=m|t)[23](?!\d))?)?"


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for measures."""
    units = _Units(variety)

    def number(written: str) -> str:
        sign = _SIGNS.get(written[:1], "")
        written = written.lstrip("-−+±~≈<>≤≥ ")
        mixed = re.search(_MIXED, written)
        if not mixed:
            return sign + variety.number(written)
        whole, part = written[: mixed.start()], mixed.group().strip()
        numerator, denominator = _VULGAR.get(part) or map(int, part.split("/"))
        said = numerals.fraction(numerator, denominator, variety.british)
        return sign + (f"{variety.number(whole)} and {'a' + said[3:] if numerator == 1 else said}" if whole else said)

    def read(match: re.Match[str]) -> Parts | None:
        unit = match["unit"].replace(" ", "").replace("º", "°")
        if not plausible(match, unit):
            return None
        hyphen = match["gap"] == "-"
        single = hyphen or (one(match["last"]) and not match["mixed"])
        said = units.name(unit, match["exponent"] or match["power"] or "", single)
        if said is None:
            return None
        if match["gap"] == "/":
            said = f"per {units.name(unit, match['exponent'] or '', True)}"
        if match["over"]:
            over = units.name(match["over"], match["over_exponent"] or "", True)
            if over is None:
                return None
            said = f"{said} per {over}"
        parts = []
        if match["first"]:
            joint = match["joint"].strip()
            parts.append(
                Word(
                    f"{number(match['first'])} {joint if joint.isalpha() else 'to'}", match.start(), match.end("joint")
                )
            )
        value = number((match["sign"] or "") + match["last"] + (match["mixed"] or ""))
        if match["scale"]:
            value = f"{value} {_SCALES.get(match['scale'], match['scale'])}"
        parts.append(
            Word(
                value,
                match.start() if not parts else match.start("last"),
                match.end("scale") if match["scale"] else match.end("last"),
            )
        )
        end = match.end() - (match.end() == match.end("dot") and f"{unit}." not in units.names)
        return (*parts, Word(said, match.start("gap"), stop(match.string, end)))

    def plausible(match: re.Match[str], unit: str) -> bool:
        """Whether a short unit is one, and no word or letter."""
        if unit not in units.careful or match["over"] or match["exponent"] or match["power"]:
            return True
        following = after(match.string, match.end())
        if unit == "s":
            return "." in match["last"] or before(match.string, match.start()) in _TIMED
        if unit == "in":
            return bool(match["dot"]) and not following[:1].islower() or not following and "." in match["last"]
        if match["gap"] == "" or match["dot"]:
            return not (unit in "mBbTK" and following[:1].islower() and following.endswith("s"))
        return unit in (
            "m",
            "g",
            "h",
            "s",
            "min",
            "sec",
            "ha",
            "K",
            "V",
            "W",
            "nm",
            "ms",
            "L",
            "l",
            "t",
            "ly",
            "mi",
            "MP",
            "cal",
        )

    def read_height(match: re.Match[str]) -> Parts:
        feet, inches = int(match["feet"]), match["inches"]
        unit = "foot" if inches or match["adjective"] else ("foot" if feet == 1 else "feet")
        first = Word(f"{variety.cardinal(feet)} {unit}", match.start(), match.end("mark"))
        return (first, Word(variety.number(inches), match.end("mark"), match.end())) if inches else (first,)

    def read_inches(match: re.Match[str]) -> Parts | None:
        if _OPEN.search(match.string[max(0, match.start() - 200) : match.start()]):
            return None
        following = after(match.string, match.end())
        unit = "inch" if one(match["number"]) or following.islower() else "inches"
        return (Word(f"{number(match['number'])} {unit}", match.start(), match.end()),)

    def read_size(match: re.Match[str]) -> Parts:
        joint = "by" if match["by"] in "x×X" else "by"
        return (
            Word(variety.number(match["first"]), *match.span("first")),
            Word(joint, match.end("first"), match.end()),
        )

    def read_temperature(match: re.Match[str]) -> Parts:
        scale = "Fahrenheit" if match["scale"] == "F" else "Celsius"
        degrees = "degree" if one(match["number"]) else "degrees"
        return (
            Word(number(match["number"]), *match.span("number")),
            Word(f"{degrees} {scale}", match.end("number"), match.end()),
        )

    figures = frozenset({FIGURES, "-", "−", "+", "±", "~", "≈", "<", ">", "≤", "≥", ".", NUMERIC})
    return (
        Rule(
            "measure",
            figures,
            rf"(?<![\d])(?:(?P<first>{NUMBER}{_MIXED}?)(?P<joint>{RANGE}))?(?P<sign>{_SIGN})(?P<last>{NUMBER}|(?=[½¼¾⅓⅔⅛⅜⅝⅞]))(?P<mixed>{_MIXED})?"
            rf"(?:\s?(?P<scale>(?:thousand|million|billion|trillion)(?=\s)))?(?P<gap>\s?|-|/){_UNIT}(?![^\W_])",
            read,
        ),
        Rule(
            "height",
            frozenset({FIGURES}),
            r"(?<![\w.,/])(?P<feet>\d{1,3})(?P<mark>['’′]|-?(?:ft|foot)-)\s?(?P<inches>\d{1,2}(?:\.\d)?(?:½)?)(?:[\"”″]|''|\s?in\.?|\s?inches|\b)(?P<adjective>)(?!\w|['’])",
            read_height,
        ),
        Rule(
            "height",
            frozenset({FIGURES}),
            r"(?<![\w.,/])(?P<feet>\d{1,3})(?P<mark>[′])(?P<inches>)(?P<adjective>)",
            read_height,
        ),
        Rule(
            "inches",
            frozenset({FIGURES}),
            rf"(?<![\w.,/])(?P<number>{NUMBER}{_MIXED}?)[\"”″](?=[\s,.;)-]|\Z)",
            read_inches,
        ),
        Rule(
            "temperature",
            frozenset({FIGURES, "-", "−"}),
            r"(?<![\w.,])(?P<number>(?:[-−])?1?\d{2}(?:\.\d)?)(?:\s?(?P<scale>F)|\s(?P<c>C))(?=[.,;)]|\s[a-z]|\Z)(?!\.\s?[A-Z][a-z]+\.)",
            read_temperature,
        ),
        Rule("size", frozenset({FIGURES}), rf"(?<![\w.])(?P<first>{NUMBER})\s?(?P<by>[x×X])\s?(?=\d)", read_size),
    )
