"""Numbers that name something, each read in its own way: Chapter 07, order #100234, area code 718."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, CODE, LETTER, NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import (
    Variety,
    spell_letters,
)
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

# The name of a part before a list of its numbers: "Chapters 01, 02 and ".
_NUMBERED_PART_BEFORE = re.compile(
    r"([^\W\d_]+)\.?\s[#(]?(?:\d{1,4}(?:[-–]\d{1,4})?(?:,\s(?:and\s|or\s)?|\s(?:and|or|to|&)\s))*\Z"
)
_PAIRED_NUMBER = re.compile(r"[1-9]\d{3}")
# What has a number in somebody's files: "order #", "badge No. ".
_FILED_BEFORE = re.compile(r"([^\W\d_]+)\s(?:#|[Nn]umber\s|[Nn]o\.\s)\Z")
_MAX_PART_LIST_CHARS = 48  # searched for that name


class _IdentifierReader:
    """Reads the identifiers that depend on word lists or on the variety of English."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        lists = load_table("en", "identifiers")
        self.filed = frozenset(lists["filed"].split())
        self.padded = frozenset(lists["padded"].split())

    def read_padded_number(self, match: re.Match[str]) -> Parts | None:
        """Read numbers without their leading zeros after the name of a part: "Chapter 07"; not "Agent 007"."""
        near = match.string[max(0, match.start() - _MAX_PART_LIST_CHARS) : match.start()]
        found = _NUMBERED_PART_BEFORE.search(near)
        if (not found or found[1].lower() not in self.padded) and match["of"] is None:
            return None
        first = Word(self.variety.say_number(match["number"]), match.start(), match.end("number"))
        if not match["last"]:
            return (first,)
        return (first, Word(f"to {self.variety.say_number(match['last'])}", match.end("number"), match.end()))

    def read_file_number(self, match: re.Match[str]) -> Parts | None:
        """Read the number of an order, a badge or a claim: four digits in pairs, more one by one."""
        near = match.string[max(0, match.start() - _MAX_PART_LIST_CHARS) : match.start()]
        found = _FILED_BEFORE.search(near)
        if not found or found[1].lower() not in self.filed:
            return None
        said = (
            (english_numerals.say_designation if _PAIRED_NUMBER.fullmatch(part) else english_numerals.say_digits)(part)
            for part in filter(None, match.groups())
        )
        return say(match, " ".join(said))


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for identifiers."""
    reader = _IdentifierReader(variety)
    return (
        # "Chapter 07", "part 03 of 12", "Chapters 01-03"
        Rule(
            "padded number",
            frozenset({NUMBER}),
            r"(?<![\w.,:/$£€-])0{1,3}(?P<number>[1-9]\d{0,2})(?:\s?[-–]\s?0{0,3}(?P<last>[1-9]\d{0,2}))?(?![\w%°/-]|[.,:]\d)"
            r"(?P<of>(?=\sof\s\d))?",
            reader.read_padded_number,
        ),
        # The registration of an aircraft or a car: "tail number N305DN".
        Rule(
            "registration",
            frozenset({CODE, LETTER, CAPITALS, NUMBER}),
            r"(?:(?<=\btail\snumber\s)|(?<=\bregistration\s)|(?<=\bregistered\s)|(?<=\bregistered\sas\s)|(?<=\breg\.\s)|(?<=\bregistration\snumber\s)"
            r"|(?<=\bplate\s)|(?<=\blicense\splate\s))(?=[A-Z0-9]{0,7}-?\d|[A-Z]{1,2}-[A-Z]{3,4}\b)(?!\d{1,4}(?![\w-]))[A-Z0-9]{1,7}(?:[-\s][A-Z0-9]{2,5})?(?!\w)",
            read_registration,
        ),
        # The number of a vehicle: 17 letters and digits without I, O and Q.
        Rule(
            "registration",
            frozenset({CODE, CAPITALS, TIED}),
            r"(?<![\w-])(?=(?:[A-Z]{0,8}\d){4})(?=\d{0,6}[A-Z])[A-HJ-NPR-Z\d]{17}(?!\w)",
            read_registration,
        ),
        # The end of a card's number: "ending in 4821".
        Rule(
            "card number",
            frozenset({NUMBER}),
            r"(?<=\bending\sin\s)\d{4}(?![\w-]|[.,]\d)|(?<![\w.,/$£€-])(?:\d{4}[\s-]){3}\d{4}(?![\w-]|[.,]\d)",
            lambda match: say(match, ", ".join(map(english_numerals.say_digits, re.findall(r"\d{4}", match.group())))),
        ),
        # "order #100234", "badge No. 4471"
        Rule(
            "file number",
            frozenset({NUMBER}),
            r"(?:(?<=#)|(?<=\b[Nn]umber\s)|(?<=\b[Nn]o\.\s))(?P<number>\d{4,12})(?:-(?P<part>\d{1,8}))?(?![\w%]|[.,:/-]\d)",
            reader.read_file_number,
        ),
        # "Res. 24-07", "Ordinance 2024-15"
        Rule(
            "file number",
            frozenset({TIED}),
            r"(?:(?<=\bOrd\.\s)|(?<=\bRes\.\s)|(?<=\b[Oo]rdinance\s)|(?<=\b[Rr]esolution\s)|(?<=\b[Bb]ill\s)|(?<=\b[Cc]ase\s)"
            r"|(?<=\b[Dd]ocket\s)|(?<=\b[Pp]etition\s))(?P<number>\d{2,4})-(?P<part>\d{1,6})(?![\w-])",
            _read_ordinance,
        ),
        # "Directive 22-01"
        Rule(
            "file number",
            frozenset({TIED}),
            r"(?:(?<=[a-z]\s)|(?<=[A-Z]\s)|(?<=[A-Z]\)\s))(?P<number>\d{2})-(?P<part>0\d{1,3})(?![\w%-]|[.,]\d)",
            _read_ordinance,
        ),
        # "the 405 Freeway"
        Rule(
            "road",
            frozenset({NUMBER}),
            r"(?<![\w.,/$£€-])[1-9]\d\d(?=\s(?:Freeway|Fwy\b|Expressway|Beltway|Toll\sRoad))",
            lambda match: say(match, english_numerals.say_designation(match.group())),
        ),
        # "04417-220": a number that only names something.
        Rule(
            "digits",
            frozenset({TIED}),
            r"(?<![\w.,/:$£€#-])0\d{1,8}-\d{1,9}(?!\w)",
            lambda match: say(match, english_numerals.say_digits(match.group())),
        ),
        # "area codes 718 and 347"
        Rule(
            "area code",
            frozenset({NUMBER}),
            r"(?:(?<=\b[Aa]rea\scode\s)|(?<=\b[Aa]rea\scodes\s)|(?<=\b[Aa]rea\scode\s\()|(?<=\b[Aa]rea\scodes\s\d{3}\sand\s)|(?<=\b[Aa]rea\scodes\s\d{3},\s))\d{3}(?![\w-]|[.,]\d)"
            r"|(?<!\w)[2-9]\d\d(?=\sarea\scodes?\b)",
            lambda match: say(match, english_numerals.say_digits(match.group())),
        ),
    )


def _read_ordinance(match: re.Match[str]) -> Parts:
    """Read a year and a number in it: "24-07" is "twenty-four oh seven"."""
    said = (
        english_numerals.say_two_digits(int(part)) if len(part) == 2 else english_numerals.say_designation(part)
        for part in match.groups()
    )
    return say(match, " ".join(said))


def read_registration(match: re.Match[str]) -> Parts:
    """Read letters and digits one by one."""
    pieces = re.findall(r"[A-Z]+|\d+", match.group())
    return say(
        match,
        " ".join(english_numerals.say_digits(piece) if piece.isdecimal() else spell_letters(piece) for piece in pieces),
    )
