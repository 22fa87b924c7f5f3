"""Sums of money: signs, letters, codes, scales, spans, rates, and sums before a noun."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, Parts, Rule
from exporter.normalize.english.english_grammar import (
    NUMBER_PATTERN,
    SCALE_WORDS,
    Variety,
    find_abbreviation_end,
    is_attributive,
    is_one,
    say_mixed_number,
    strip_grouping,
)
from exporter.normalize.english.measures.units import load_units
from exporter.normalize.english.money.currencies import Currencies, Currency
from exporter.script import Word

# Scales of two letters or more may stand behind a hyphen: "a $3-million fine", "the $40-bn fund".
_SCALE_WORDS_PATTERN = "|".join(
    f"{re.escape(word)}(?=[\\s-][a-z\\d])" if word[-1] == "." else word
    for word in sorted(SCALE_WORDS, key=len, reverse=True)
    if len(word) > 1
)
# "₹2 lakh crore": one scale on another.
_SCALE_OF_SCALE_PATTERN = (
    r"(?:(?:hundred|thousand|[Ll]akh|[Ll]ac|million)[\s-](?=[Cc]r(?:ores?)?\b|million|billion|trillion)"
    r"|[Lk]\s(?=[Cc]r(?:ores?)?\b))?"
)
# What is counted in lakhs: "₹5 L".
_LAKH_CURRENCIES = ("rupee", "Indian rupee")
_SCALE_LETTERS_PATTERN = "".join(word for word in SCALE_WORDS if len(word) == 1 and word != "L")


def _build_amount_pattern(name: str, lakhs: str = "") -> str:
    """Return the pattern of a number with its scale; its groups begin with this name.

    `lakhs` is the pattern of "₹5 L", a scale of rupees only.
    """
    words = rf"[\s-]?(?P<{name}_scale>{_SCALE_OF_SCALE_PATTERN}(?:{_SCALE_WORDS_PATTERN}))(?![^\W_])"
    letters = rf"\s?(?P<{name}_letter>[{_SCALE_LETTERS_PATTERN}]{lakhs})(?![^\W_]|&)"
    part = rf"(?:-(?=\d/[248])|\s(?=9/10))(?P<{name}_part>[1357]/[248]|9/10)(?![\d/])"
    return rf"(?P<{name}>{NUMBER_PATTERN})(?:{part}|{words}|{letters})?"


# Losses in brackets, as accountants write them: "$(0.12)", "$(1.3) million".
_LOSS_PATTERN = (
    rf"\((?P<first>{NUMBER_PATTERN})\)(?P<first_letter>)(?P<first_part>)"
    rf"(?:\s(?P<first_scale>{_SCALE_WORDS_PATTERN})\b)?"
)

_RATES_PER_PERSON = {
    "pp": "person",
    "p.p.": "person",
    "pppn": "person per night",
    "pcm": "calendar month",
    "pw": "week",
}


# The token that a sign or code begins with.
_SIGN_TOKEN = re.compile(r"[^\W\d_]+|.")
# What follows a guarded sign: "R22bn", "R18.15" and "R4,500" are rand, "R5" and "R134a" are codes.
_CERTAIN_SUM_PATTERN = (
    rf"(?=\s?{NUMBER_PATTERN}(?:(?<=\.\d\d)|(?<=,\d{{3}})|[\s-]?(?:(?:m|bn|tn|trn)\b|[mb]illion|trillion)))"
)


class _MoneyReader:
    """Reads sums of money."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        self.currencies = Currencies(variety.british)
        self.signs, self.behind, self.rates = self.currencies.signs, self.currencies.behind, self.currencies.rates
        self.unit_names = load_units(variety.british)
        longest_first = sorted(self.signs, key=len, reverse=True)
        rupees = [sign for sign in longest_first if self.signs[sign].one in _LAKH_CURRENCIES]
        others = "|".join(
            re.escape(sign) + (_CERTAIN_SUM_PATTERN if sign in self.currencies.guarded else "")
            for sign in longest_first
            if sign not in rupees
        )
        # The signs of most sums first: a list of two hundred takes time.
        self.sign = rf"[$£€](?=\s?[.\d])|(?P<rupees>{'|'.join(map(re.escape, rupees))})|{others}"

    def say_amount(self, match: re.Match[str], name: str, currency: Currency, single: bool) -> tuple[str, str]:
        """Return the words of an amount: its number and its unit."""
        written, scale = match[name], match[f"{name}_scale"] or match[f"{name}_letter"]
        if scale:
            return (
                f"{self.variety.say_number(written)} {self.say_scale(scale)}",
                currency.one if single else currency.many,
            )
        whole, point, decimals = strip_grouping(written).partition(".")
        if part := match[f"{name}_part"]:
            # Grain: "$11.78-3/4" is eleven dollars and seventy-eight and three quarters cents.
            if not decimals:
                return say_mixed_number(self.variety, f"{whole} {part}"), currency.many
            cents = f"{say_mixed_number(self.variety, f'{decimals} {part}')} {currency.cents}"
            return self.variety.say_cardinal(int(whole or 0)), f"{currency.many} and {cents}"
        if point and currency.cent and not decimals[2:].strip("0"):
            return self.say_cents(int(whole or 0), int(f"{decimals:0<2}"[:2]), currency, single)
        said = self.variety.say_number(written if decimals.strip("0") else written.partition(".")[0])
        return said, currency.one if single or is_one(written) else currency.many

    def say_scale(self, written: str) -> str:
        return " ".join(SCALE_WORDS[word] for word in re.split(r"[\s-]", written))

    def say_cents(self, whole: int, part: int, currency: Currency, single: bool) -> tuple[str, str]:
        # "A 50-cent coin", but "a 50 pence coin", "a 50 paise coin".
        one = part == 1 or (single and currency.cents == f"{currency.cent}s")
        hundredths = f"{self.variety.say_cardinal(part)} {currency.cent if one else currency.cents}"
        if not whole and part:
            return self.variety.say_cardinal(part), currency.cent if one else currency.cents
        unit = currency.one if whole == 1 or single else currency.many
        return self.variety.say_cardinal(whole), f"{unit} and {hundredths}" if part else unit

    def read_sum(self, match: re.Match[str]) -> Parts:
        currency = self.signs[match["sign"]]
        single = is_attributive(match.string, match.start(), match.end())
        minus = "minus " if match["minus"] else ""
        number, first_unit = self.say_amount(match, "first", currency, single)
        joint = "and" if match["and"] else "to"
        start, middle = match.start(), match.end("first")
        if not match["last"]:
            return (
                Word(minus + number, start, middle),
                Word(first_unit + self.say_rate(match), middle, self.find_end(match)),
            )
        last, unit = self.say_amount(match, "last", currency, single)
        scaled = "last_scale" if match["last_scale"] else "last_letter"
        if (
            match[scaled]
            and not (match["first_scale"] or match["first_letter"])
            and float(strip_grouping(match["first"])) <= float(strip_grouping(match["last"]))
        ):
            # "$1.5 to $2 million": the first sum shares the scale, but not that of "$500 to $2 million".
            return (
                Word(minus + self.variety.say_number(match["first"]), start, middle),
                Word(f"{joint} {last}", middle, match.end(scaled)),
                Word(unit + self.say_rate(match), match.end(scaled), self.find_end(match)),
            )
        # "$250-$300" repeats the name, "$5-10" and "the $250-$300 range" do not; cents need one.
        name = f" {first_unit}" if (match["again"] and not single) or " and " in first_unit else ""
        return (
            Word(minus + number + name, start, middle),
            Word(f"{joint} {last}", middle, match.end("last")),
            Word(unit + self.say_rate(match), match.end("last"), self.find_end(match)),
        )

    def read_loss(self, match: re.Match[str]) -> Parts:
        number, unit = self.say_amount(match, "first", self.signs[match["sign"]], single=False)
        end = match.end("first")
        return (Word(f"minus {number}", match.start(), end), Word(unit, end, match.end()))

    def find_end(self, match: re.Match[str]) -> int:
        return find_abbreviation_end(match.string, match.end())

    def say_rate(self, match: re.Match[str]) -> str:
        if match["person"]:
            return f" per {_RATES_PER_PERSON[match['person']]}"
        if match["each"]:
            return f" per {self.name_divisor(match['each'])}"
        if not match["rate"]:
            return ""
        return f" {self.rates[match['rate']]}" + self.say_next_rate(match["then"])

    def name_divisor(self, written: str) -> str:
        """Name what a price is for: a unit with its power ("cu. yd."), or the word itself."""
        power, _, unit = written.rpartition(" ")
        return self.unit_names.say_unit(unit, power, single=True) or written

    def say_next_rate(self, written: str | None) -> str:
        """Say the second rate of "$12/mo./user"."""
        return f" {self.rates.get(written, f'per {written}')}" if written else ""

    def read_trailing_currency(self, match: re.Match[str]) -> Parts:
        number, unit = self.say_amount(match, "first", (self.signs | self.behind)[match["sign"]], single=False)
        return (Word(number, match.start(), match.end("first")), Word(unit, match.end("first"), match.end()))


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for money."""
    reader = _MoneyReader(variety)
    anchors = frozenset(found.group().lower() for sign in reader.signs if (found := _SIGN_TOKEN.match(sign))) | {
        "-",
        "−",
    }
    first, last = (_build_amount_pattern(name, "|(?(rupees)L|(?!))") for name in ("first", "last"))
    rate_words = "|".join(sorted(map(re.escape, reader.rates), key=len, reverse=True))
    codes, behind = "|".join(reader.currencies.codes), "|".join(reader.behind)
    sure = "|".join(code for code in reader.currencies.codes if code not in reader.currencies.guarded)
    return (
        # "$10.3 billion"
        Rule(
            "money",
            anchors,
            rf"(?P<minus>(?<![\w)-])[-−])?(?:(?<![^\W\d_])|(?<=[a-z])(?=[£€₹]))(?P<sign>{reader.sign})\s?{first}"
            rf"(?:(?:\s?[-–—]\s?|\sto\s|(?P<and>\sand\s(?=(?P=sign))))(?P<again>(?P=sign))?{last})?(?:\s(?:{codes})(?!\w))?"
            rf"(?:\s?/\s?(?:(?P<rate>{rate_words})(?:\.?/(?P<then>{rate_words}|[a-z]{{3,12}}))?|(?P<each>(?:(?:sq|cu)\.?\s)?[a-z]{{2,12}}))(?![^\W_])(?:\.(?=\s[a-z(]|[,;)]))?|\s?(?P<person>pppn|pp|p\.p\.|pcm|pw)(?![^\W_]))?",
            reader.read_sum,
        ),
        # A loss: "$(0.12)".
        Rule(
            "money",
            frozenset("$£€¥"),
            rf"(?<![^\W\d_])(?P<sign>[$£€¥])\s?{_LOSS_PATTERN}",
            reader.read_loss,
        ),
        # "45 EUR"
        Rule(
            "money",
            frozenset({FOLLOWED}),
            rf"(?<![\w.,]){_build_amount_pattern('first')}\s?(?P<sign>{sure}|{behind}|[€£₽₹₪₴¥₩])(?!\w)",
            reader.read_trailing_currency,
        ),
    )
