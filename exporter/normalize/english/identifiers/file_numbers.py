"""Numbers of parts and files: Chapter 07, order #100234, Ordinance 2024-15, Directive 22-01."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety
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


class _FileNumberReader:
    """Reads numbers of parts and files."""

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
    """Return the rules for numbers of parts and files."""
    reader = _FileNumberReader(variety)
    return (
        # "Chapter 07", "part 03 of 12", "Chapters 01-03"
        Rule(
            "padded number",
            frozenset({NUMBER}),
            r"(?<![\w.,:/$£€-])0{1,3}(?P<number>[1-9]\d{0,2})(?:\s?[-–]\s?0{0,3}(?P<last>[1-9]\d{0,2}))?(?![\w%°/-]|[.,:]\d)"
            r"(?P<of>(?=\sof\s\d))?",
            reader.read_padded_number,
        ),
        # "order #100234", "badge No. 4471"
        Rule(
            "file number",
            frozenset({NUMBER}),
            r"(?=\d{4})(?:(?<=#)|(?<=\b[Nn]umber\s)|(?<=\b[Nn]o\.\s))(?P<number>\d{4,12})(?:-(?P<part>\d{1,8}))?(?![\w%]|[.,:/-]\d)",
            reader.read_file_number,
        ),
        # "Res. 24-07", "Ordinance 2024-15"
        Rule(
            "file number",
            frozenset({TIED}),
            r"(?=\d{2,4}-\d)(?:(?<=\bOrd\.\s)|(?<=\bRes\.\s)|(?<=\b[Oo]rdinance\s)|(?<=\b[Rr]esolution\s)|(?<=\b[Bb]ill\s)|(?<=\b[Cc]ase\s)"
            r"|(?<=\b[Dd]ocket\s)|(?<=\b[Pp]etition\s))(?P<number>\d{2,4})-(?P<part>\d{1,6})(?![\w-])",
            _read_ordinance,
        ),
        # "Directive 22-01"
        Rule(
            "file number",
            frozenset({TIED}),
            r"(?=\d\d-0)(?:(?<=[a-z]\s)|(?<=[A-Z]\s)|(?<=[A-Z]\)\s))(?P<number>\d{2})-(?P<part>0\d{1,3})(?![\w%-]|[.,]\d)",
            _read_ordinance,
        ),
    )


def _read_ordinance(match: re.Match[str]) -> Parts:
    """Read a year and a number in it: "24-07" is "twenty-four oh seven"."""
    said = (
        english_numerals.say_two_digits(int(part)) if len(part) == 2 else english_numerals.say_designation(part)
        for part in match.groups()
    )
    return say(match, " ".join(said))
