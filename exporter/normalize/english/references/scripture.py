"""Chapters and verses of the Bible: Matt. 5:9, Isa. 53:4-6, 1 Cor. 13, Rom. 8:28; 12:1-2."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, NUMBER, Parts, Rule
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety
from exporter.normalize.resolver import find_anchor
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_PART_WORDS = {"1": "First", "2": "Second", "3": "Third", "I": "First", "II": "Second", "III": "Third"}
# What stands between the numbers of a passage.
_JOINT = re.compile(r"(?P<joint>[-–:,;]\s?)?(?P<number>\d+)(?P<half>[a-c]?)")
# Verses from ten on are read like minutes: "three sixteen".
_MIN_PAIRED_VERSE, _MAX_PAIRED_VERSE = 10, 59


class _ScriptureReader:
    """Reads references to the Bible."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        lists = load_table("en", "scripture")
        self.short: dict[str, str] = lists["short"]
        self.parted, self.certain = (frozenset(lists[name]["words"].split()) for name in ("parted", "certain"))
        self.full = frozenset(lists["full"]["words"].split())

    def list_anchors(self) -> frozenset[str]:
        return frozenset(find_anchor(name.rstrip(".")) for name in self.short) | frozenset(
            name.lower() for name in self.full
        )

    def read_passage(self, match: re.Match[str]) -> Parts | None:
        written, part, passage = match["book"], match["part"] or match["glued"], match["passage"]
        short = self.short.get(written) or (
            self.short.get(f"{written}.") if ":" in passage or written in self.certain else None
        )
        book = short or (written.title() if written.title() in self.full else None)
        if not book or (part and book not in self.parted):
            return None
        certain = ":" in passage or written in self.certain or (part and book in self.parted)
        if not certain:
            return None
        said = f"{_PART_WORDS[part]} {book}" if part else book
        return (
            Word(said, match.start(), match.end("book")),
            Word(
                self.say_passage(passage) + (" and following" if match["more"] else ""),
                match.start("passage"),
                match.end(),
            ),
        )

    def say_passage(self, written: str) -> str:
        """Say chapters and verses: "53:4-6" is "fifty-three, four to six"."""
        said = ""
        chapters = ":" not in written
        for found in _JOINT.finditer(written):
            joint, number = (found["joint"] or "").strip(), int(found["number"])
            paired = joint == ":" and _MIN_PAIRED_VERSE <= number <= _MAX_PAIRED_VERSE
            spoken = english_numerals.say_two_digits(number) if paired else self.variety.say_cardinal(number)
            before = {"-": " to ", "–": " to ", ":": " " if paired else ", ", ";": "; ", ",": " and "}.get(joint, "")
            spoken += f" {found['half'].upper()}" if found["half"] else ""
            said += (", " if joint == "," and not chapters and written.count(",") > 1 else before) + spoken
        return said


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for references to the Bible."""
    reader = _ScriptureReader(variety)
    return (
        # A book with chapter and verses: "1 Cor. 13:4-7".
        Rule(
            "verse",
            reader.list_anchors() | {NUMBER, LETTER, CAPITALS},
            r"(?=[1-3]?\s?[A-Z])(?<![\w.,:$-])(?:(?:(?P<part>[1-3]|I{1,3})\s|(?P<glued>[1-3])(?=[A-Z]))?)(?P<book>[A-Z][A-Za-z]{1,15}\.?)\s"
            r"(?P<passage>\d{1,3}(?::\s?\d{1,3}[a-c]?(?:[-–]\d{1,3}[a-c]?(?::\d{1,3})?|,\s?\d{1,3}(?![\d:])(?!\s(?!and\b)[A-Za-z])|;\s\d{1,3}:\d{1,3}){0,4}|[-–]\d{1,3})?)"
            r"(?P<more>ff?\b\.?)?(?![\w%:/]|[.,-]\d)",
            reader.read_passage,
        ),
    )
