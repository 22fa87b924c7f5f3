"""Amounts: money, percentages and measures, that is, a number and what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import Parts, Rule
from exporter.normalize.languages.agreement import Agreement
from exporter.normalize.languages.language import NUMBER, Language
from exporter.normalize.toml_tables import expand_forms
from exporter.script import Word

# The first of two temperatures may have its sign: "2°-6 °C".
_NUMBER_OR_SPAN = rf"(?:(?P<first>{NUMBER})[°º]?\s?[-–]\s?)?(?P<number>{NUMBER})"
_OPTIONAL_SPACE = r"[\s\u00a0\u202f]?"
_NUMBER_EDGE = r"(?<![\w.,])"
# A dash before a number, but not between two, is a minus: "(–2,5 %)", "(+ 3 %)"; a sign may be bracketed: "(-)0,2 %".
_OPTIONAL_SIGN = r"(?P<sign_before>[-−+]|\([-−+]\)|(?:(?<=\s)|(?<=\())–|(?<=\()[-−–+]\s)?"
# The hundredths of a currency follow its name: "fünf Euro neunundneunzig".
_WITH_CENTS = re.compile(r"(?P<whole>.*)[.,](?P<part>\d\d)")
# A sum that no year looks like.
_SUM = r"\s(?:\d{1,3}(?:\.\d{3}){1,3}|\d{1,9},\d\d|\d{3}|\d{5,9})(?!\d)"
_ENGINE_BEFORE = re.compile(r"\d\.\d\s\Z")  # "1.6 16V" has valves
# If nothing follows, the dot of a unit also ends the sentence.
_TEXT_END = re.compile(r"[\"'”’»)\]]{0,4}\s{0,8}\Z")


class _AmountReader:
    """Reads amounts in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.words, self.currencies = language.words, language.split_forms("currencies")
        scales = expand_forms(language.tables["scales"]).items()
        self.scales = {sign.replace("_", " "): said.split("/") for sign, said in scales}
        # "in 5 mm lange Stücke": what the adjective measures has no case of the preposition.
        self.measured_adjective = re.compile(language.find_pattern("measured_adjective"))
        self.units = language.unit_signs - {"″"}  # inches or seconds, which the bare units tell apart

    def say_amount(self, match: re.Match[str], start: int, noun: str) -> Word:
        """Say the number, or both numbers of a span, in agreement with a noun."""
        agreement = self.find_agreement(match, noun)
        joint = self.language.say_joint(match.string, match.start())
        first = f"{self.language.say_first(match['first'], agreement)} {joint} " if match["first"] else ""
        sign = match.groupdict().get("sign_before")
        signed = f"{self.words['plus' if '+' in sign else 'minus']} " if sign else ""
        return Word(signed + first + self.language.say_number(match["number"], agreement), start, match.end("number"))

    def find_agreement(self, match: re.Match[str], noun: str) -> Agreement:
        if noun == "mil":  # of what follows: "200 mil personas"
            return self.language.nouns.find_agreement(match.string, match.start(), match.end())
        nouns = self.language.nouns
        return nouns.agree_with(noun.partition(" ")[0], nouns.find_governor(match.string, match.start()))

    def say_counted(self, match: re.Match[str], single: str, many: str) -> Parts:
        """Say a number and its noun, singular or plural."""
        noun = single if self.language.is_one(match["number"]) and not match["first"] else many
        value = self.say_amount(match, match.start(), noun)
        return (value, Word(self.language.join_noun(value.text, noun), value.end, self.find_end(match)))

    def read_money(self, match: re.Match[str]) -> Parts:
        single, many, *_ = self.currencies[match["sign"]]
        end = match.end("said") if match["per"] else self.find_end(match)
        if match["scale"]:
            parts: Parts = self.say_scaled(match, many, end)
        elif (cents := _WITH_CENTS.fullmatch(match["number"])) and not match["first"]:
            said = self.say_cents(match, cents)
            parts = (Word(said, match.start(), end),)
        else:
            value, counted = self.say_counted(match, single, many)
            parts = (value, Word(counted.text, value.end, end))
        return (*parts, self.language.say_rate(match)) if match["per"] else parts

    def say_scaled(self, match: re.Match[str], noun: str, end: int) -> Parts:
        """Say a number, its scale and what they count: "58 Mio. km"."""
        scale = self.name_scale(match)
        value = self.say_amount(match, match.start(), scale)
        return (value, Word(f"{scale} {self.language.join_noun(scale, noun)}", value.end, end))

    def say_cents(self, match: re.Match[str], amount: re.Match[str]) -> str:
        """Say a sum with its hundredths, or the hundredths alone."""
        single, many, cent, cents = self.currencies[match["sign"]]
        part = int(amount["part"])
        if amount["whole"] == "0" and part and cent:
            noun = cent if part == 1 else cents
            return f"{self.language.say_cardinal(part, self.language.nouns.agree_with(noun))} {noun}"
        noun = single if self.language.is_one(amount["whole"]) else many
        said = f"{self.language.say_number(amount['whole'], self.find_agreement(match, noun))} {noun}"
        if not part:
            return said
        named = cent if part == 1 else cents
        return f"{said} " + self.words.get("cents", "{cents}").format(
            cents=self.language.say_cardinal(part), name=named
        )

    def read_sign(self, match: re.Match[str]) -> Parts:
        """Read the sign of a currency without a number: "miliardi di €"."""
        return (Word(self.currencies[match.group()][1], *match.span()),)

    def read_scale(self, match: re.Match[str]) -> Parts:
        scale = self.name_scale(match)
        return self.say_counted(match, scale, scale)

    def name_scale(self, match: re.Match[str]) -> str:
        """Return the name of a scale: as it is written, or of its sign in the number of what it counts."""
        singular, plural = self.scales[match["scale"]]
        if match["scale"] in (singular, plural):
            return match["scale"]
        return singular if self.language.is_one(match["number"]) and not match["first"] else plural

    def read_unit(self, match: re.Match[str]) -> Parts:
        sign = match["unit"]
        many = self.language.say_unit(sign, single=False)
        if sign == "V" and "valves" in self.words and _ENGINE_BEFORE.search(match.string[: match.start()][-4:]):
            return self.say_counted(match, many, self.words["valves"])
        if not self.measured_adjective.match(match.string, match.end()):
            many = self.language.inflect_unit(many, self.find_agreement(match, many))
        if match["scale"]:
            parts = self.say_scaled(match, many, self.find_end(match))
        else:
            parts = self.say_counted(match, self.language.say_unit(sign, single=True), many)
        return (*parts, self.language.say_rate(match)) if match["per"] else parts

    def read_percent(self, match: re.Match[str]) -> Parts:
        percent = self.words["percent"]
        value = self.say_amount(match, match.start(), percent)
        return (value, Word(percent, value.end, match.end()))

    def find_end(self, match: re.Match[str]) -> int:
        """Return where an amount ends, without its rate and without a dot that ends the text."""
        if match.groupdict().get("per"):
            return match.start("per") - 1
        ends = match.group().endswith(".") and _TEXT_END.match(match.string, match.end())
        return match.end() - 1 if ends else match.end()


def _join_alternatives(forms: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))


def _find_anchor(sign: str) -> str:
    letters = re.match(r"[^\W\d_]+", sign)
    return letters.group().lower() if letters else sign[-1]


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for amounts."""
    reader = _AmountReader(language)
    signed = frozenset({FIGURES, *"-−+–("})
    signs = _join_alternatives(reader.currencies)
    scale = rf"(?:{_OPTIONAL_SPACE}(?P<scale>{_join_alternatives(reader.scales)})(?!\w|\.\w))?"
    units = _join_alternatives(reader.units)
    other_amount = rf"{NUMBER}\s?(?:{units})(?!\w)"  # "110 kW/150 PS"
    per = rf"(?:/(?P<per>{units}|[^\W\d_]{{3,12}})(?!\w))?"
    rates = [*reader.units, *language.word_set("rates.nouns")]
    unit_per = rf"(?:/(?P<per>100\s?km|{_join_alternatives(rates)})(?!\w))?"
    longer = _join_alternatives(sign for sign in reader.scales if len(sign) > 1)
    of = rf"(?:\s{language.words['of']}\s)?" if "of" in language.words else ""
    # "Euro" and other words follow the number; in contracts one precedes it, but "Euro 2024" is a tournament.
    words = language.word_set("words.currency_words")
    before = [sign for sign in reader.currencies if not (sign.isalpha() and sign[-1].islower())]
    openings = frozenset(_find_anchor(sign) for sign in (*before, *words))
    opening = rf"{_join_alternatives(before)}|(?:{_join_alternatives(words) or '(?!)'})(?={_SUM})"
    return (
        Rule(
            "money",
            signed,
            rf"{_NUMBER_EDGE}{_OPTIONAL_SIGN}(?P<said>{_NUMBER_OR_SPAN}(?:,[-–]{{1,2}})?{scale}{_OPTIONAL_SPACE}(?P<sign>{signs})(?!\w)){per}",
            reader.read_money,
        ),
        Rule(
            "money",
            openings,
            rf"{_NUMBER_EDGE}(?P<said>(?P<sign>{opening})\s?{_NUMBER_OR_SPAN}(?:,[-–]{{1,2}})?{scale}){per}",
            reader.read_money,
        ),
        Rule("money", frozenset("€£$"), r"(?<=[^\W\d_]\s)[€£$](?!\s?\d|\w)", reader.read_sign),
        Rule(
            "percent",
            signed,
            rf"{_NUMBER_EDGE}{_OPTIONAL_SIGN}{_NUMBER_OR_SPAN}{_OPTIONAL_SPACE}-?%",
            reader.read_percent,
        ),
        Rule(
            "measure",
            signed,
            rf"(?<!§\s)(?<!§)(?<!\d/)(?<![^\W\d_]{{3}}/)(?<![lL]/){_NUMBER_EDGE}{_OPTIONAL_SIGN}{_NUMBER_OR_SPAN}(?:\s(?P<scale>{longer})(?!\w){of})?{_OPTIONAL_SPACE}(?!{language.find_pattern('verb')})(?P<unit>{units}){unit_per}(?:\.(?=\s[a-zà-ÿ]))?(?![\w²³]|/(?!{other_amount})|['’.]\w)",
            reader.read_unit,
        ),
        Rule(
            "scale",
            signed,
            rf"{_NUMBER_EDGE}{_OPTIONAL_SIGN}{_NUMBER_OR_SPAN}{_OPTIONAL_SPACE}(?P<scale>{longer})(?!\w)",
            reader.read_scale,
        ),
    )
