"""Spanish: one and the hundreds agree with what they count, monarchs have ordinals up to the tenth."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER, Parts, Rule, say
from exporter.normalize.languages.agreement import NO_AGREEMENT, Agreement
from exporter.normalize.languages.language import Language

_ONE = re.compile(r"(?P<twenty>veinti)?uno(?=(?P<thousand>\smil\b)|\s(?:mill|bill|trill)|\Z)")
_MAX_ORDINAL = 20  # of a noun
_SHORTENED_ENDINGS = frozenset(("er", ".er"))


# Before the time or the gap of a race; a time of day has its article, "a las 1:10", or its pair, "de 9:00 a 1:10".
_RACE_BEFORE = re.compile(
    r"\b(?:(?:tiempo|registro|marca|crono|reloj) de|(?<!:\d\d )(?<!\bde \d )(?<!\bde \d\d )(?<!horas )(?<!\dh )a)\s\Z"
)
_MAX_RACE_CHARS = 24  # searched for it
_LAST_HOUR = 24


class Spanish(Language):
    """Spanish."""

    def make_rules(self, family: str) -> tuple[Rule, ...]:
        """Return the rule of Spanish alone, for the times of races."""
        pattern = r"(?<![\w.,:/])(?P<minutes>\d{1,2}):(?P<seconds>[0-5]\d)(?![\w:]|[.,]\d|\s?(?:h|p\.|a\.|de la))"
        return (Rule("time", frozenset({NUMBER}), pattern, self._read_race),) if family == "durations" else ()

    def _read_race(self, match: re.Match[str]) -> Parts | None:
        """Read minutes and seconds: "un tiempo de 26:28", "llegó a 1:10"."""
        before = match.string[max(0, match.start() - _MAX_RACE_CHARS) : match.start()]
        is_race = int(match["minutes"]) > _LAST_HOUR or (match["minutes"][0] != "0" and _RACE_BEFORE.search(before))
        said = f"{self.say_cardinal(int(match['minutes']))} {self.say_number(match['seconds'])}"
        return say(match, said) if is_race else None

    def say_cardinal(self, number: int, agreement: Agreement = NO_AGREEMENT) -> str:
        """Return a cardinal in agreement with what it counts."""
        return _inflect_cardinal(self.say_kind(number, "cardinal"), agreement)

    def say_raised(self, number: int, ending: str) -> str:
        """Return an ordinal in digits; "1.er" is shortened."""
        said = super().say_raised(number, ending)
        return said.removesuffix("o") if ending in _SHORTENED_ENDINGS else said

    def say_noun_ordinal(self, number: int, noun: str) -> str:
        """Return an ordinal before its noun: "tercer", "primera"."""
        if number > _MAX_ORDINAL:
            return self.say_cardinal(number, self.nouns.agree_with(noun))
        said = self.say_ordinal(number, self.nouns.is_feminine(noun))
        return said.removesuffix("o") if said.endswith(("primero", "tercero")) else said

    def say_fraction(self, above: int, below: int, form: str) -> str:
        """Return a fraction below one; before a feminine noun it is of "partes": "tres cuartas partes"."""
        if below == 2 or not form.endswith(" f"):
            return super().say_fraction(above, below, form)
        parts = self.say_ordinal(below, feminine=True)
        return f"una {parts}" if above == 1 else f"{self.say_cardinal(above)} {parts}s"

    def name_parts(self, below: int) -> str:
        """Return the name of the parts of a fraction: above ten they end in "-avo"."""
        is_named = below <= 10 or below in (100, 1000)
        return super().name_parts(below) if is_named else f"{self.say_cardinal(below).removesuffix('e')}avo"


def _inflect_cardinal(said: str, agreement: Agreement) -> str:
    """Shorten "one" before what it counts, and give it and the hundreds below a million the gender of the noun."""
    at = _find_last_million(said)

    def one(match: re.Match[str]) -> str:
        inner = match.end() < len(said)
        if not inner and not agreement.counts:
            return match[0]
        if agreement.feminine and match.start() > at and (not inner or match["thousand"]):
            return f"{match['twenty'] or ''}una"
        return f"{match['twenty']}ún" if match["twenty"] else "un"

    shortened = _ONE.sub(one, said)
    if not agreement.feminine:
        return shortened
    at = _find_last_million(shortened) + 1
    return shortened[:at] + re.sub(r"ientos\b", "ientas", shortened[at:])


def _find_last_million(said: str) -> int:
    return max(map(said.rfind, ("llón", "llones")))
