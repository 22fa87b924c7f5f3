"""A language as the shared rules ask it: numbers, units and small words, by its tables.

What tables cannot say is a method that the language's own module overrides.
"""

from __future__ import annotations

import re
from functools import cache, cached_property, lru_cache
from typing import Any

from exporter.normalize import Rule
from exporter.normalize.languages.agreement import NO_AGREEMENT, Agreement, Nouns, read_nouns
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

# Thousands are separated by a dot, a space or an apostrophe; decimals begin with a comma (in America also with a dot).
_CONTINENTAL_NUMBER = (
    r"(?:(?!0\.)\d{1,3}(?:[.\u00a0\u202f '’]\d{3}){1,8}(?!\d)|\d{1,30})"
    r"(?:,\d{1,20}|\.(?:(?<=(?<!\d)0\.)|(?!\d{3}(?!\d)))\d{1,20})?"
)
# As in English: several commas, or one before a dot.
_COMMA_THOUSANDS = r"\d{1,3}(?:(?:,\d{3}){2,8}(?:\.\d{1,20})?|,\d{3}\.\d{1,20})"
NUMBER = rf"(?:{_COMMA_THOUSANDS}|{_CONTINENTAL_NUMBER})(?!\d)"
_THOUSANDS_SEPARATOR = re.compile(r"(?<!^0)[.\u00a0\u202f '’](?=\d{3}(?!\d))")
_MAX_NUMBERS = 10_000
"""Numbers whose words are kept: those of an article come again, those of a long batch would take all memory."""

_MAX_NUMBER_DIGITS = 24  # num2words has words for so many in all languages; its Spanish ends at 27
_UNITS_TABLE = ("any", "units")  # signs that all languages share

Forms = dict[str, tuple[str, ...]]
"""Written signs, each with its singular, plural and further forms."""


class Language:
    """One language, with the tables of its ``speech.toml``; the defaults suffice for one without inflection.

    `tag` is the first subtag, which names the folder; `locale` is what num2words and CLDR call the language.
    """

    def __init__(self, tag: str, tables: dict[str, Any]) -> None:
        self.tag = tag
        self.tables = tables
        self.words: dict[str, str] = tables["words"]
        self.nouns: Nouns = read_nouns(tables["nouns"])
        self.locale: str = self.words.get("locale", tag)

    @property
    def elision(self) -> str:
        """The pattern of an elided article or preposition, which is written with the next word; empty without any."""
        patterns: dict[str, str] = self.tables.get("patterns", {})
        return patterns.get("elision", "")

    def word_set(self, name: str) -> frozenset[str]:
        """Return a word list of a table, named "romans.heads", "initialisms.read" and so on; empty if it lacks."""
        family, _, last = name.partition(".")
        return frozenset(self.tables.get(family, {}).get(last, "").split())

    def split_forms(self, name: str) -> Forms:
        """Return a table of written signs, each with its singular, plural and further forms."""
        return {sign: tuple(said.split("/")) for sign, said in self.tables[name].items()}

    def find_pattern(self, name: str) -> str:
        """Return a regular expression of the table `patterns`; one that matches nothing if the language lacks it."""
        patterns: dict[str, str] = self.tables.get("patterns", {})
        return patterns.get(name, r"(?!)")

    def make_rules(self, family: str) -> tuple[Rule, ...]:  # noqa: ARG002  a language asks it
        """Return the language's own rules, which precede the shared ones of a family (dates, codes, romans ...)."""
        return ()

    # Numbers

    def say_cardinal(self, number: int, agreement: Agreement = NO_AGREEMENT) -> str:
        """Return a cardinal in agreement with what it counts."""
        said = self.say_kind(number, "cardinal")
        ones: dict[str, str] = self.tables["nouns"].get("one", {})
        return ones.get(agreement.form, said) if number == 1 else said

    def say_ordinal(self, number: int, feminine: bool = False) -> str:
        """Return an ordinal; the `genders` of the table are the endings of the masculine and the feminine."""
        ordinals: dict[str, Any] = self.tables["ordinals"]
        said: str = ordinals.get("irregular", {}).get(str(number)) or self.say_kind(number, "ordinal")
        if not feminine or "genders" not in ordinals:
            return said
        masculine, _, ending = ordinals["genders"].partition(" ")
        return re.sub(rf"{masculine}\b", ending, said)

    def say_raised(self, number: int, ending: str) -> str:
        """Return an ordinal that is written in digits with an ending: "3.º", "1re"."""
        return self.say_ordinal(number, ending in self.word_set("ordinals.feminine"))

    def say_year(self, number: int) -> str:
        """Return a year in words."""
        return self.say_cardinal(number)

    def say_kind(self, number: int, kind: str) -> str:
        """Return what num2words says: `kind` is cardinal, ordinal or year."""
        return _number_words(number, self.locale, kind)

    def say_number(self, written: str, agreement: Agreement = NO_AGREEMENT) -> str:
        """Return a number, as `NUMBER` matches it, in words."""
        if re.fullmatch(self.words.get("comma_thousands", _COMMA_THOUSANDS), written):
            written = written.replace(",", "")
        whole, _, decimals = _THOUSANDS_SEPARATOR.sub("", written).replace(",", ".").partition(".")
        is_padded = len(whole) > 1 and whole[0] == "0"
        if is_padded and len(whole) == len("05") and agreement.counts and not decimals:
            said = self.say_cardinal(int(whole), agreement)  # "05 kg"
        elif is_padded or len(whole) > _MAX_NUMBER_DIGITS:
            said = self.say_digits(whole)
        else:
            said = self.say_cardinal(int(whole), NO_AGREEMENT if decimals else agreement)
        if not decimals:
            return said
        point = self.words["point"] if "," in written else self.words.get("decimal_dot", self.words["point"])
        return f"{said} {point} {self._say_decimals(decimals, agreement)}"

    def say_first(self, written: str, agreement: Agreement = NO_AGREEMENT) -> str:
        """Return the first number of a span, "1-2 kilos"."""
        return self.say_number(written, agreement)

    @cached_property
    def _between(self) -> re.Pattern[str]:
        words = self.words.get("between", "").replace(" ", "|")
        return re.compile(rf"\b(?:{words or '(?!)'})\s\Z", re.IGNORECASE)

    def say_joint(self, text: str, at: int) -> str:
        """Return the word between the ends of a range at `text[at:]`: "20 a 30", but "entre 20 y 30"."""
        is_between = self._between.search(text, max(0, at - len("entre ")), at)
        return self.words["and" if is_between else "to"]

    def say_digits(self, figures: str) -> str:
        """Return digits in words, one by one."""
        return " ".join(self.say_cardinal(int(figure)) for figure in figures if figure.isdecimal())

    def say_phone_group(self, figures: str) -> str:
        """Return a group of the digits of a telephone number."""
        return self.say_digits(figures)

    def is_one(self, written: str) -> bool:
        """Whether what a written number counts is in the singular: one, in some languages all below two."""
        return bool(re.fullmatch(self.tables.get("patterns", {}).get("singular", "1"), written.lstrip("-−")))

    def _say_decimals(self, figures: str, agreement: Agreement) -> str:
        """Say decimals digit by digit, as a number, or ("counted") as a number in agreement with what is counted."""
        manner = self.words["decimals"]
        if manner == "digits" or figures[0] == "0" or len(figures) > 3:
            return self.say_digits(figures)
        return self.say_cardinal(int(figures), agreement if manner == "counted" else NO_AGREEMENT)

    # Dates

    def say_day(self, number: int, suffix: str, text: str, at: int) -> str:  # noqa: ARG002  a language with cases asks them
        """Return a day of the month, which stands at `text[at:]` with a suffix ("er", "º" or none)."""
        if number == 1 and (suffix or "first_day" in self.words):
            return self.words.get("first_day") or self.say_ordinal(1)
        return self.say_cardinal(number)

    # Roman numerals

    def say_regnal(self, number: int, feminine: bool) -> str:
        """Return the number of a monarch or a pope: an ordinal up to the `last_ordinal` of the table."""
        is_ordinal = number <= self.tables["romans"].get("last_ordinal", 0)
        return self.say_ordinal(number, feminine) if is_ordinal else self.say_cardinal(number)

    def say_noun_ordinal(self, number: int, noun: str) -> str:
        """Return an ordinal, written as a Roman numeral, before its noun: "XX Congresso"."""
        return self.say_ordinal(number, self.nouns.is_feminine(noun))

    def say_headed(self, number: int, head: str) -> str:
        """Return a Roman numeral after the noun that it counts: "siglo XX", as of a monarch with `ordinal_heads`."""
        if self.tables["romans"].get("ordinal_heads"):
            return self.say_regnal(number, self.nouns.is_feminine(head))
        return self.say_cardinal(number)

    # Amounts and fractions

    def join_noun(self, said: str, counted: str) -> str:
        """Return a noun after a number in words; some languages put a preposition after millions."""
        if not re.search(self.find_pattern("millions"), said):
            return counted
        return f"{self.words['of']} {counted}"

    @cached_property
    def unit_signs(self) -> frozenset[str]:
        """The written signs of all units."""
        return frozenset({*self.tables["units"], *load_table(*_UNITS_TABLE)["units"]})

    def say_unit(self, sign: str, single: bool) -> str:
        """Return the name of a unit by its sign, in the singular or the plural."""
        own = self.tables["units"].get(sign)
        if own:
            one, _, many = own.partition("/")
            return str(one if single else many)
        return _unit_name(self.locale, load_table(*_UNITS_TABLE)["units"][sign], single)

    def say_per(self, noun: str) -> str:
        """Return the preposition of a rate with its noun: "por litro"."""
        return f"{self.words['per']} {noun}"

    def say_rate(self, match: re.Match[str]) -> Word:
        """Return what follows a slash, the group "per" of a match: "/kg", "/mes"."""
        per = match["per"]
        if per.startswith("100"):  # "5,4 l/100 km"
            return Word(self.words["per_hundred_km"], match.start("per") - 1, match.end("per"))
        noun = self.say_unit(per, single=True) if per in self.unit_signs else per
        return Word(self.say_per(noun), match.start("per") - 1, match.end("per"))

    def inflect_unit(self, name: str, agreement: Agreement) -> str:  # noqa: ARG002  a language with cases asks it
        """Return the plural of a unit in the case that the word before its number governs."""
        return name

    def count_unit(self, number: int, sign: str) -> str:
        """Return a number and its unit by its sign: "une heure"."""
        unit = self.say_unit(sign, single=number == 1)
        return f"{self.say_cardinal(number, self.nouns.agree_with(unit))} {unit}"

    def say_duration(self, hours: int, minutes: int) -> str:
        """Return hours and minutes that pass: "una hora y treinta minutos"."""
        counted = [self.count_unit(number, sign) for number, sign in ((hours, "h"), (minutes, "min")) if number]
        return f" {self.words['and']} ".join(counted)

    def say_mixed(self, whole: str, above: int, below: int, form: str) -> str:
        """Return a number and a fraction: "dos y medio", before a feminine noun "dos y media"."""
        feminine = form.endswith(" f")
        said = self.say_cardinal(int(whole), Agreement(counts=True, feminine=True) if feminine else NO_AGREEMENT)
        form = "mixed feminine" if feminine and "mixed feminine" in self.tables["fractions"] else "mixed"
        return f"{said} {self.words['and']} {self.say_fraction(above, below, form)}"

    def say_fraction(self, above: int, below: int, form: str) -> str:
        """Return a fraction below one; `form` is the agreement of a half with its noun."""
        names: dict[str, str] = self.tables["fractions"]
        if (above, below) == (1, 2):
            return names.get(form, names["half"])
        one = names.get("one", "")
        number = one if above == 1 and one else self.say_cardinal(above)
        name = self.name_parts(below)
        return f"{number} {name if above == 1 else self.pluralize_parts(name)}"

    def name_parts(self, below: int) -> str:
        """Return the name of the parts of a fraction, mostly the ordinal of its denominator."""
        names: dict[str, str] = self.tables["fractions"]
        return names.get(str(below)) or self.say_ordinal(below)

    def pluralize_parts(self, name: str) -> str:
        """Return the plural of the name of the parts; "tiers" is its own."""
        ending: str = self.tables["fractions"].get("plural", "")
        return name if name.endswith(ending) else f"{name}{ending}"

    def say_part_of(self, said: str, unit: str, is_half: bool) -> str:
        """Return a fraction of a unit: "medio kilo", "tres cuartos de litro"."""
        return f"{said} {unit}" if is_half or "of" not in self.words else f"{said} {self.words['of']} {unit}"

    def is_mixed_single(self, whole: str) -> bool:
        """Whether the unit after a number and a fraction is in the singular."""
        return whole == "1"


def merge_region(tables: dict[str, Any], region: str) -> dict[str, Any]:
    """Return the tables of a language with those of one of its regions (`regions.<region>`) merged into them."""
    regional = tables.get("regions", {}).get(region, {})
    return {**tables, **{name: {**tables.get(name, {}), **entries} for name, entries in regional.items()}}


@lru_cache(_MAX_NUMBERS)
def _number_words(number: int, locale: str, kind: str) -> str:
    from num2words import num2words  # noqa: PLC0415  30 ms, only numbers in these languages need it

    said: str = num2words(number, lang=locale, to=kind)
    return said


@cache
def _unit_name(locale: str, name: str, single: bool) -> str:
    """Return the name of a unit in CLDR, which has it only with a number; the number is removed."""
    from babel.units import format_compound_unit, format_unit  # noqa: PLC0415  10 ms, only units need it

    numerator, _, denominator = name.partition("/")
    count = 1 if single else 2
    if denominator:
        said = format_compound_unit(count, numerator, denominator_unit=denominator, locale=locale)
    else:
        said = format_unit(count, numerator, locale=locale)
    return " ".join(str(said).split()).lstrip("12 ")
