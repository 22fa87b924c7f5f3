"""The verbalizer: numbers, units and small words of one language."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from exporter.normalize.continental.agreement import NO_AGREEMENT, Agreement, Nouns, load_nouns
from exporter.normalize.toml_tables import load_table

# Thousands are separated by a dot, a space or an apostrophe; decimals begin with a comma (in America also with a dot).
NUMBER = r"(?:\d{1,3}(?:[.\u00a0\u202f '’]\d{3}){1,8}(?!\d)|\d{1,30})(?:,\d{1,20}|\.(?!\d{3}(?!\d))\d{1,20})?(?!\d)"
_THOUSANDS_SEPARATOR = re.compile(r"[.\u00a0\u202f '’](?=\d{3}(?!\d))")

_MAX_NUMBER_DIGITS = 24  # num2words has words for so many in all languages; its Spanish ends at 27

_MILLIONS_ENDING = re.compile(r"(?:mill|bill|trill)(?:ón|ones|ions?|iards?)\Z")
_SPANISH_ONE = re.compile(r"(?P<twenty>veinti)?uno(?=(?P<thousand>\smil\b)|\s(?:mill|bill|trill)|\Z)")
# The endings of a German ordinal: weak after these determiners, none after an article in the nominative.
# A noun before "der" makes it a genitive: "Ende der dritten Woche".
_WEAK_DETERMINERS = (
    r"(?i:(?:in|an|auf|mit|von|nach|vor|seit|aus|bei|zu|während)\sder|am|vom|zum|zur|beim|dem|den|des|im|ab|seit"
    r"|(?:ein|sein|ihr|kein|dies|jed)e[mnr]|(?:dies|jed|ein|sein|ihr)es)"
)
_ORDINAL_ARTICLE = re.compile(
    rf"\b{_WEAK_DETERMINERS}\s\Z|(?<=[\w,] )[A-ZÄÖÜ]\w+\sder\s\Z"
    r"|\b(?P<nominative>(?i:der|die|das|(?:ein|sein|ihr|unser|dies)e))\s\Z"
)
# "im 2. und 3. Quartal": the article stands before the first of them.
_ORDINAL_SERIES = re.compile(r"(?:\d{1,3}\.(?:\s?[-–/]\s?|,?\s(?:bis|und|oder|zum|sowie)\s|,\s))+\Z")
_MAX_WORDS_BEFORE_CHARS = 32  # searched for the article before an ordinal


class Verbalizer(msgspec.Struct, frozen=True):
    """A language with its tables (``speech.toml``) and nouns."""

    language: str
    tables: dict[str, Any]
    nouns: Nouns

    @property
    def words(self) -> dict[str, str]:
        """The small words: and, to, point, minus, percent."""
        words: dict[str, str] = self.tables["words"]
        return words

    @property
    def elision(self) -> str:
        """The pattern of an elided article or preposition, which French writes with the next word; empty elsewhere."""
        return r"(?:(?:[cdjlmnstCDJLMNST]|[Qq]u)['’])?" if self.language == "fr" else ""

    def word_set(self, name: str) -> frozenset[str]:
        """Return a word list of a table, named "romans.heads", "initialisms.read" and so on."""
        family, _, last = name.partition(".")
        return frozenset(self.tables[family].get(last, "").split())

    def split_forms(self, name: str) -> dict[str, tuple[str, ...]]:
        """Return a table of written signs, each with its singular, plural and further forms."""
        return {sign: tuple(said.split("/")) for sign, said in self.tables[name].items()}

    def find_pattern(self, name: str) -> str:
        """Return a regular expression of the table `patterns`; one that matches nothing if the language lacks it."""
        patterns: dict[str, str] = self.tables.get("patterns", {})
        return patterns.get(name, r"(?!)")

    def say_cardinal(self, number: int, agreement: Agreement = NO_AGREEMENT) -> str:
        """Return a cardinal in agreement with what it counts."""
        said = _number_words(number, self.language, "cardinal")
        match self.language:
            case "es":
                return _inflect_spanish(said, agreement)
            case "fr":
                return f"{said}e" if agreement.feminine and re.search(r"(?:\A|[\s-])un\Z", said) else said
            case _:
                ones: dict[str, str] = self.tables["nouns"].get("one", {})
                return ones.get(agreement.form, said) if number == 1 else said

    def say_ordinal(self, number: int, feminine: bool = False) -> str:
        """Return an ordinal."""
        said = self.tables["ordinals"].get("irregular", {}).get(str(number)) or _number_words(
            number, self.language, "ordinal"
        )
        if self.language == "fr":
            said = "première" if feminine and number == 1 else said.replace("vingtsième", "vingtième")
        if self.language == "es" and feminine:
            return re.sub(r"o\b", "a", said)
        return said

    def inflect_ordinal(self, number: int, text: str, at: int) -> str:
        """Return a German ordinal inflected by the words before it: "der dritte", "am dritten", "dritter"."""
        before = _ORDINAL_SERIES.sub("", text[max(0, at - _MAX_WORDS_BEFORE_CHARS) : at])
        found = _ORDINAL_ARTICLE.search(before)
        if not found:
            return f"{self.say_ordinal(number)}r"
        return self.say_ordinal(number) if found["nominative"] else f"{self.say_ordinal(number)}n"

    def say_year(self, number: int) -> str:
        """Return a year in words."""
        return _number_words(number, self.language, "year")

    def say_number(self, written: str, agreement: Agreement = NO_AGREEMENT) -> str:
        """Return a number, as `NUMBER` matches it, in words."""
        whole, _, decimals = _THOUSANDS_SEPARATOR.sub("", written).replace(",", ".").partition(".")
        if (len(whole) > 1 and whole[0] == "0") or len(whole) > _MAX_NUMBER_DIGITS:
            return self.say_digits(whole)
        said = self.say_cardinal(int(whole), NO_AGREEMENT if decimals else agreement)
        return f"{said} {self.words['point']} {self._say_decimals(decimals)}" if decimals else said

    def say_digits(self, figures: str) -> str:
        """Return digits in words, one by one."""
        return " ".join(self.say_cardinal(int(figure)) for figure in figures if figure.isdecimal())

    def join_noun(self, said: str, counted: str) -> str:
        """Return a noun after a number in words; Spanish and French put a preposition after millions."""
        if self.language == "de" or not _MILLIONS_ENDING.search(said):
            return counted
        return f"d'{counted}" if self.language == "fr" and counted[0] in "aeiouhéè" else f"de {counted}"

    @property
    def unit_signs(self) -> frozenset[str]:
        """The written signs of all units."""
        return frozenset({*self.tables["units"], *load_table("continental", "units")["units"]})

    def say_unit(self, sign: str, single: bool) -> str:
        """Return the name of a unit by its sign, in the singular or the plural."""
        own = self.tables["units"].get(sign)
        if own:
            one, _, many = own.partition("/")
            return str(one if single else many)
        return _unit_name(self.language, load_table("continental", "units")["units"][sign], single)

    def is_one(self, written: str) -> bool:
        """Whether a written number takes the singular: one, and in French all below two."""
        figures = written.lstrip("-−")
        return figures == "1" or (self.language == "fr" and bool(re.fullmatch("[01](?:[.,].*)?", figures)))

    def _say_decimals(self, figures: str) -> str:
        if self.words["decimals"] == "digits" or figures[0] == "0" or len(figures) > 3:
            return self.say_digits(figures)
        return self.say_cardinal(int(figures))


def _inflect_spanish(said: str, agreement: Agreement) -> str:
    """Shorten "one" before what it counts, and give it and the hundreds below a million the gender of the noun."""
    at = _find_last_million(said)

    def one(match: re.Match[str]) -> str:
        inner = match.end() < len(said)
        if not inner and not agreement.counts:
            return match[0]
        if agreement.feminine and match.start() > at and (not inner or match["thousand"]):
            return f"{match['twenty'] or ''}una"
        return f"{match['twenty']}ún" if match["twenty"] else "un"

    shortened = _SPANISH_ONE.sub(one, said)
    if not agreement.feminine:
        return shortened
    at = _find_last_million(shortened) + 1
    return shortened[:at] + re.sub(r"ientos\b", "ientas", shortened[at:])


def _find_last_million(said: str) -> int:
    return max(map(said.rfind, ("llón", "llones")))


@cache
def load_verbalizer(language: str) -> Verbalizer:
    """Return the verbalizer of a language that has a ``speech.toml``."""
    return Verbalizer(language, load_table(language, "speech"), load_nouns(language))


@cache
def _number_words(number: int, language: str, kind: str) -> str:
    from num2words import num2words  # noqa: PLC0415  30 ms, only numbers in these languages need it

    said: str = num2words(number, lang=language, to=kind)
    return said


@cache
def _unit_name(language: str, name: str, single: bool) -> str:
    """Return the name of a unit in CLDR, which has it only with a number; the number is removed."""
    from babel.units import format_compound_unit, format_unit  # noqa: PLC0415  10 ms, only units need it

    numerator, _, denominator = name.partition("/")
    count = 1 if single else 2
    if denominator:
        said = format_compound_unit(count, numerator, denominator_unit=denominator, locale=language)
    else:
        said = format_unit(count, numerator, locale=language)
    return " ".join(str(said).split()).lstrip("12 ")
