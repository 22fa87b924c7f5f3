"""What the rules say with: the numbers of a language, and its words from the tables."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from exporter.normalize.continental.agreement import NO_AGREEMENT, Agreement, Nouns, load_nouns
from exporter.normalize.toml_tables import load_table

# Thousands are set off by a dot, a space or an apostrophe; decimals begin with a comma (in America also with a dot).
NUMBER = r"(?:\d{1,3}(?:[.\u00a0\u202f '’]\d{3}){1,8}(?!\d)|\d{1,30})(?:,\d{1,20}|\.(?!\d{3}(?!\d))\d{1,20})?(?!\d)"
_THOUSANDS_SEPARATOR = re.compile(r"[.\u00a0\u202f '’](?=\d{3}(?!\d))")

_MAX_NUMBER_DIGITS = 24  # figures that num2words has words for

_MILLIONS_ENDING = re.compile(r"(?:mill|bill|trill)(?:ón|ones|ions?|iards?)\Z")
_SPANISH_ONE = re.compile(r"(?P<twenty>veinti)?uno(?=(?P<thousand>\smil\b)|\s(?:mill|bill|trill)|\Z)")
# What a German ordinal takes its ending from: a weak one after these, the bare one after an article in the nominative.
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
_MAX_WORDS_BEFORE_CHARS = 32  # characters that hold the words before a number


class Verbalizer(msgspec.Struct, frozen=True):
    """A language and its tables (``speech.toml``)."""

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
        """The pattern of an article or preposition that has lost its vowel: French writes it with the next word."""
        return r"(?:(?:[cdjlmnstCDJLMNST]|[Qq]u)['’])?" if self.language == "fr" else ""

    def named(self, name: str) -> frozenset[str]:
        """Return a list of words from the table of Roman numerals, of initialisms and so on ("romans.heads")."""
        family, _, last = name.partition(".")
        return frozenset(self.tables[family].get(last, "").split())

    def forms(self, name: str) -> dict[str, tuple[str, ...]]:
        """Return a table of written signs: each with its singular, plural and so on."""
        return {sign: tuple(said.split("/")) for sign, said in self.tables[name].items()}

    def cardinal(self, number: int, agreement: Agreement = NO_AGREEMENT) -> str:
        """Say how many, in agreement with what is counted."""
        said = _number_words(number, self.language, "cardinal")
        match self.language:
            case "es":
                return _inflect_spanish(said, agreement)
            case "fr":
                return f"{said}e" if agreement.feminine and re.search(r"(?:\A|[\s-])un\Z", said) else said
            case _:
                ones: dict[str, str] = self.tables["nouns"]["one"]
                return ones.get(agreement.form, said) if number == 1 else said

    def ordinal(self, number: int, feminine: bool = False) -> str:
        """Say which one."""
        said = self.tables["ordinals"].get("irregular", {}).get(str(number)) or _number_words(
            number, self.language, "ordinal"
        )
        if self.language == "fr":
            said = "première" if feminine and number == 1 else said.replace("vingtsième", "vingtième")
        if self.language == "es" and feminine:
            return re.sub(r"o\b", "a", said)
        return said

    def inflected(self, number: int, text: str, at: int) -> str:
        """Say a German ordinal as the words before it ask: "der dritte", "am dritten", "dritter"."""
        before = _ORDINAL_SERIES.sub("", text[max(0, at - _MAX_WORDS_BEFORE_CHARS) : at])
        found = _ORDINAL_ARTICLE.search(before)
        if not found:
            return f"{self.ordinal(number)}r"
        return self.ordinal(number) if found["nominative"] else f"{self.ordinal(number)}n"

    def year(self, number: int) -> str:
        """Say a year."""
        return _number_words(number, self.language, "year")

    def number(self, written: str, agreement: Agreement = NO_AGREEMENT) -> str:
        """Say a number as `NUMBER` matches it."""
        whole, _, decimals = _THOUSANDS_SEPARATOR.sub("", written).replace(",", ".").partition(".")
        if (len(whole) > 1 and whole[0] == "0") or len(whole) > _MAX_NUMBER_DIGITS:
            return self.digits(whole)
        said = self.cardinal(int(whole), NO_AGREEMENT if decimals else agreement)
        return f"{said} {self.words['point']} {self._decimals(decimals)}" if decimals else said

    def digits(self, figures: str) -> str:
        """Say figures one by one."""
        return " ".join(self.cardinal(int(figure)) for figure in figures if figure.isdecimal())

    def of(self, said: str, counted: str) -> str:
        """Join a noun to the number before it: after a million Spanish and French put a preposition."""
        if self.language == "de" or not _MILLIONS_ENDING.search(said):
            return counted
        return f"d'{counted}" if self.language == "fr" and counted[0] in "aeiouhéè" else f"de {counted}"

    @property
    def units(self) -> frozenset[str]:
        """The signs of all units."""
        return frozenset({*self.tables["units"], *load_table("continental", "units")["units"]})

    def unit(self, sign: str, single: bool) -> str:
        """Say a unit by its sign."""
        own = self.tables["units"].get(sign)
        if own:
            one, _, many = own.partition("/")
            return str(one if single else many)
        return _unit_name(self.language, load_table("continental", "units")["units"][sign], single)

    def is_one(self, written: str) -> bool:
        """Whether a number as written takes the singular: in French all below two do."""
        figures = written.lstrip("-−")
        return figures == "1" or (self.language == "fr" and bool(re.fullmatch("[01](?:[.,].*)?", figures)))

    def _decimals(self, figures: str) -> str:
        if self.words["decimals"] == "digits" or figures[0] == "0" or len(figures) > 3:
            return self.digits(figures)
        return self.cardinal(int(figures))


def _inflect_spanish(said: str, agreement: Agreement) -> str:
    """Shorten "one" before what it counts; give it and the hundreds the noun's gender, but for those of millions."""
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
    """Return a language with its tables."""
    return Verbalizer(language, load_table(language, "speech"), load_nouns(language))


@cache
def _number_words(number: int, language: str, kind: str) -> str:
    from num2words import num2words  # noqa: PLC0415  fifty milliseconds that English need not pay

    said: str = num2words(number, lang=language, to=kind)
    return said


@cache
def _unit_name(language: str, name: str, single: bool) -> str:
    """The name of a unit in CLDR; it counts, and the figure is taken off."""
    from babel.units import format_compound_unit, format_unit  # noqa: PLC0415  as above

    numerator, _, denominator = name.partition("/")
    count = 1 if single else 2
    if denominator:
        said = format_compound_unit(count, numerator, denominator_unit=denominator, locale=language)
    else:
        said = format_unit(count, numerator, locale=language)
    return " ".join(str(said).split()).lstrip("12 ")
