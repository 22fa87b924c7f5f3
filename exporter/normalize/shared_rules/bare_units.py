"""Units without a number of their own: "in kWh/m²", "pro km", "/kg", twice a day ("/día"), inches and seconds (55")."""

from __future__ import annotations

import re

from exporter.normalize import CODE, NUMBER, Parts, Rule, say
from exporter.normalize.languages.language import Language
from exporter.script import Word

# Units that are no words of any language, which need no number before them.
_SURE_UNITS = "km cm mm kg mg ml mL hl kWh MWh km² m² m³ cm³ cm² km2 m2 m3 mq kmq l".split()
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s\Z")
_MAX_WORD_BEFORE_CHARS = 24  # searched for the preposition before a unit
# A quotation that is open before a sign of inches: the sign closes it.
_OPEN_QUOTATION = re.compile(r"(?<!\d)[\"“„«»][^\"“”„«»]*\Z")
_MAX_QUOTED_CHARS = 200


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for units without a number."""

    def read_unit(match: re.Match[str]) -> Parts:
        return say(match, language.say_unit(match["unit"], single=match["many"] is None))

    def read_rate(match: re.Match[str]) -> Parts:
        return (language.say_rate(match),)

    def read_quotient(match: re.Match[str]) -> Parts:
        """Read "kWh/m²", in the case that the preposition before it governs."""
        name = language.say_unit(match["unit"], single=False)
        before = _WORD_BEFORE.search(match.string[max(0, match.start() - _MAX_WORD_BEFORE_CHARS) : match.start()])
        said = language.inflect_unit(name, language.nouns.agree_with(name, before[1] if before else ""))
        return (Word(said, *match.span("unit")), language.say_rate(match))

    def read_double_prime(match: re.Match[str]) -> Parts | None:
        """Read inches, or the seconds of a race: beside a screen or a wheel, the sign is that of inches."""
        before = match.string[max(0, match.start() - _MAX_QUOTED_CHARS) : match.start()]
        if _OPEN_QUOTATION.search(before):
            return None
        behind = match.string[match.end() : match.end() + _MAX_WORD_BEFORE_CHARS]
        sign = "″" if inches.search(before + behind) and not match["plus"] else "s"
        unit = language.say_unit(sign, language.is_one(match["number"]))
        plus = f"{language.words['plus']} " if match["plus"] else ""
        said = plus + language.say_number(match["number"], language.nouns.agree_with(unit))
        return (Word(said, match.start(), match.end("number")), Word(unit, *match.span("sign")))

    def join(forms: list[str]) -> str:
        return "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))

    def find_words(name: str) -> str:
        return "|".join(rf"(?<=\b{word}\s)" for word in language.words.get(name, "").split())

    inches = re.compile(language.find_pattern("inches"))
    sure_units = [unit for unit in _SURE_UNITS if unit in language.unit_signs]
    sure = join(sure_units)
    before = find_words("before_units")
    before_many = find_words("before_many_units") or "(?!)"
    dividends = [sign for sign in language.unit_signs if len(sign) > 1 and sign.isalpha()]
    divisor = rf"/(?P<per>100\s?km|{join(list(language.unit_signs))})(?![\w/²³-])"
    rates = join(list(language.word_set("rates.nouns")))
    return (
        Rule(
            "measure",
            frozenset({CODE, *(unit.rstrip("²³").lower() for unit in sure_units)}),
            rf"(?:{before}|(?<=\()(?=[^()]{{1,6}}\))|(?P<many>{before_many}))(?P<unit>{sure})(?![\w/²³'’])(?!\.?\s\d)",
            read_unit,
        ),
        Rule(
            "measure",
            frozenset(sign.lower() for sign in dividends),
            rf"(?<![\w/.,-])(?<!\d\s)(?P<unit>{join(dividends)}){divisor}",
            read_quotient,
        ),
        Rule(
            "measure",
            frozenset({NUMBER, "+"}),
            r"(?<![\w.,/\"”-])(?P<plus>\+)?(?P<number>\d{1,3}(?:[.,]\d{1,2})?)(?P<sign>[\"”″])(?![\w\"])",
            read_double_prime,
        ),
        Rule("measure", frozenset("/"), r"(?<=[^\W\d_]{3})/(?P<per>100\s?km)(?!\w)", read_rate),
        Rule("measure", frozenset("/"), rf"(?<=[^\W\d_]{{3}})/(?P<per>{sure})(?![\w/²³])", read_rate),
        Rule("measure", frozenset("/"), rf"(?:(?<=[^\W\d_])|(?<=[^\W\d_][2²³]))/(?P<per>{rates})(?!\w)", read_rate),
    )
