"""Italian: one agrees with what it counts, monarchs and centuries have ordinals."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER, TIED, Parts, Rule, say
from exporter.normalize.languages.agreement import NO_AGREEMENT, Agreement
from exporter.normalize.languages.language import Language

_THOUSANDS_FACTOR = 1000
_BEFORE_MATCH_MINUTE = re.compile(r"\b(?:al|dal|nel|del|il|fino al)\s\Z", re.IGNORECASE)
_MAX_WORD_BEFORE_CHARS = 9


class Italian(Language):
    """Italian."""

    def make_rules(self, family: str) -> tuple[Rule, ...]:
        """Return the rules of Italian alone."""
        match family:
            case "amounts":
                return (self._make_thousands_rule(),)
            case "codes":
                return (self._make_age_rule(),)
            case "numbers":
                return (self._make_minute_rule(),)
        return ()

    def say_cardinal(self, number: int, agreement: Agreement = NO_AGREEMENT) -> str:
        """Return a cardinal in agreement with what it counts: only one has a feminine."""
        if number == 1 and agreement.counts:
            return "una" if agreement.feminine else "un"
        return _accent_three(self.say_kind(number, "cardinal"))

    def say_year(self, number: int) -> str:
        """Return a year in words."""
        return self.say_cardinal(number)

    def say_ordinal(self, number: int, feminine: bool = False) -> str:
        """Return an ordinal."""
        said = super().say_ordinal(number)
        return f"{said[:-1]}a" if feminine else said

    def say_regnal(self, number: int, feminine: bool) -> str:
        """Return the number of a monarch or a pope, always an ordinal."""
        return self.say_ordinal(number, feminine)

    def say_noun_ordinal(self, number: int, noun: str) -> str:
        """Return an ordinal before its noun: "ventesimo secolo"."""
        return self.say_ordinal(number, self.nouns.is_feminine(noun))

    def say_headed(self, number: int, head: str) -> str:
        """Return an ordinal after its noun: "secolo ventesimo", "parte seconda"."""
        return self.say_ordinal(number, self.nouns.is_feminine(head))

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

    def say_part_of(self, said: str, unit: str, is_half: bool) -> str:
        """Return a fraction of a unit: "mezzo chilo", "tre quarti di litro"."""
        return f"{said} {unit}" if is_half else f"{said} di {unit}"

    def _make_age_rule(self) -> Rule:
        def read_age(match: re.Match[str]) -> Parts:
            """Read "35enne": the number loses its last vowel, "trentacinquenne"."""
            said = self.say_kind(int(match["age"]), "cardinal")
            stem = f"{said[:-1]}e" if said.endswith(("tre", "tré")) else said[:-1]
            return say(match, stem + match["ending"])

        pattern = r"(?<![\w.,])(?P<age>[1-9]\d)-?(?P<ending>enn[ei])(?!\w)"
        return Rule("code", frozenset({TIED}), pattern, read_age)

    def _make_minute_rule(self) -> Rule:
        def read_minute(match: re.Match[str]) -> Parts:
            """Read "al 67'" (the minute of a match) and "45'" (a duration)."""
            number = int(match["number"])
            if _BEFORE_MATCH_MINUTE.search(
                match.string[max(0, match.start() - _MAX_WORD_BEFORE_CHARS) : match.start()]
            ):
                return say(match, self.say_ordinal(number))
            return say(match, f"{self.say_cardinal(number)} {'minuto' if number == 1 else 'minuti'}")

        pattern = r"(?<![\w.,'’‘/])(?P<number>\d{1,3})['′’](?![\w'’\"])"
        return Rule("minute", frozenset({NUMBER}), pattern, read_minute)

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
