"""Italian: one agrees with what it counts, monarchs and centuries have ordinals."""

from __future__ import annotations

import re

from exporter.normalize import LETTER, NUMBER, TIED, Parts, Rule, say
from exporter.normalize.languages.agreement import NO_AGREEMENT, Agreement
from exporter.normalize.languages.language import NUMBER as WRITTEN_NUMBER
from exporter.normalize.languages.language import Language
from exporter.script import Word

_THOUSANDS_FACTOR = 1000
_UNITS_FIRST = "kg Kg gr cm mm mq ml hl".split()  # shops and labels write them before a number; "km 5" is a place


class Italian(Language):
    """Italian."""

    def make_rules(self, family: str) -> tuple[Rule, ...]:
        """Return the rules of Italian alone."""
        match family:
            case "abbreviations":
                return (_SAINT_RULE,)
            case "amounts":
                return (self._make_thousands_rule(), self._make_unit_first_rule())
            case "ordinals":
                return (self._make_ordinal_rule(),)
            case "codes":
                return (self._make_age_rule(),)
        return ()

    def say_cardinal(self, number: int, agreement: Agreement = NO_AGREEMENT) -> str:
        """Return a cardinal in agreement with what it counts: only one has a feminine."""
        if number == 1 and agreement.counts:
            return "una" if agreement.feminine else "un"
        # num2words has an error in the eighteens: "centodicotto".
        return _accent_three(self.say_kind(number, "cardinal").replace("dicotto", "diciotto"))

    def say_per(self, noun: str) -> str:
        """Return the preposition of a rate with its article: "al litro", "alla tonnellata", "all'oncia"."""
        if noun[0] in "aeiou":
            return f"all'{noun}"
        return f"alla {noun}" if self.nouns.is_feminine(noun) else f"al {noun}"

    def say_duration(self, hours: int, minutes: int) -> str:
        """Return hours and minutes that pass: "un'ora e trenta minuti"."""
        return super().say_duration(hours, minutes).replace("una ora", "un'ora")

    def pluralize_parts(self, name: str) -> str:
        """Return the plural of the parts: "terzi"."""
        return f"{name[:-1]}i"

    def _make_ordinal_rule(self) -> Rule:
        def read_ordinal(match: re.Match[str]) -> Parts:
            """Read "15esimo" with the gender and number of its ending."""
            return say(match, self.say_ordinal(int(match["number"]))[:-1] + match["ending"])

        pattern = r"(?<![\w.,])(?P<number>[1-9]\d{0,3})-?(?:esim|°esim)(?P<ending>[oaie])(?!\w)"
        return Rule("ordinal", frozenset({TIED}), pattern, read_ordinal)

    def _make_unit_first_rule(self) -> Rule:
        def read_unit_first(match: re.Match[str]) -> Parts:
            """Read "kg 75": the unit stands before its number and is said after it."""
            said = self.say_number(match["number"])
            return say(match, f"{said} {self.say_unit(match['unit'], single=self.is_one(match['number']))}")

        pattern = (
            rf"(?<![\w.,/])(?<!\d\s)(?P<unit>{'|'.join(_UNITS_FIRST)})\.?\s(?P<number>{WRITTEN_NUMBER})(?![\w%€$/-])"
        )
        return Rule("measure", frozenset(unit.lower() for unit in _UNITS_FIRST), pattern, read_unit_first)

    def _make_age_rule(self) -> Rule:
        def read_age(match: re.Match[str]) -> Parts:
            """Read "35enne": the number loses its last vowel, "trentacinquenne"."""
            said = self.say_kind(int(match["age"]), "cardinal")
            stem = f"{said[:-1]}e" if said.endswith(("tre", "tré")) else said if said.endswith("sei") else said[:-1]
            return say(match, stem + match["ending"])

        pattern = r"(?<![\w.,])(?P<age>[1-9]\d)[-/]?(?P<ending>enn[ei])(?!\w)"
        return Rule("code", frozenset({TIED}), pattern, read_age)

    def _make_thousands_rule(self) -> Rule:
        currencies = self.split_forms("currencies")

        def read_thousands(match: re.Match[str]) -> Parts:
            """Read "10mila" and "€ 10mila"."""
            said = self.say_cardinal(int(match["number"]) * _THOUSANDS_FACTOR)
            sign = match["before"] or match["after"]
            return say(match, f"{said} {currencies[sign][1]}" if sign else said)

        pattern = r"(?<![\w.,])(?:(?P<before>[$€£])\s?)?(?P<number>[1-9]\d{0,2})\s?mila(?!\w)(?:\s?(?P<after>[$€£]))?"
        return Rule("money", frozenset({NUMBER, *"$€£"}), pattern, read_thousands)


def _accent_three(said: str) -> str:
    """Return a number with the accent that "tre" has at the end of a compound: "ventitré"."""
    return f"{said[:-1]}é" if said.endswith("tre") and said != "tre" else said


# Saints whose name ends as those of women do.
_SAINTLY_MEN = frozenset("Luca Nicola Mattia Barnaba Andrea Tobia Geremia Zaccaria Elia".split())


def _read_saint(match: re.Match[str]) -> Parts:
    """Read "S." by the name after it: San Damaso, Sant'Onofrio, Santa Maria, Santo Stefano."""
    name, initial = match["name"], match["saint"][0]
    if name[0] in "AEIOUÀÈ":
        return (Word(f"{initial}ant'", match.start(), match.start("name")),)
    if name.endswith("a") and name not in _SAINTLY_MEN:
        title = "anta"
    else:
        title = "anto" if re.match(r"S[^aeiou]", name) else "an"
    return (Word(initial + title, *match.span("saint")),)


_SAINT_RULE = Rule(
    "abbreviation",
    frozenset({LETTER, "s"}),
    r"(?<![\w.])(?P<saint>[Ss]\.)\s?(?P<name>[A-ZÀ-Þ][a-zà-ÿ]{2,24})",
    _read_saint,
)
