"""Names with digits: COVID-19, F-16, I-95, A320, GPT-4, Boeing 737, Flight 1549."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, CODE, LETTER, MIXED, TIED, Parts, Rule, say
from exporter.normalize import NUMBER as FIGURES
from exporter.normalize.english import numerals
from exporter.normalize.english.grammar import Variety, after, before, spell
from exporter.normalize.tables import table
from exporter.script import Word

_PIECES = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*|[+]")


class _Reader:
    """How names with digits are said."""

    def __init__(self) -> None:
        lists = table("en", "codes")
        self.aircraft = frozenset(lists["aircraft"].split())
        self.labels = frozenset(lists["labels"].split())
        initialisms = table("en", "initialisms")
        self.words, self.spelled = (frozenset(initialisms[name].split()) for name in ("words", "spelled"))

    def letters(self, written: str) -> str:
        """Say the letters of a name: spelled, unless they make a word."""
        if written == "FY":
            return "fiscal year"
        word = written in self.words or (len(written) > 4 and written not in self.spelled)
        return written if word or len(written) == 1 or not written.isupper() else spell(written)

    def read_code(self, match: re.Match[str]) -> Parts:
        written = match.group()
        many = match["many"] or ""
        said = [
            numerals.designation(piece) if piece[0].isdecimal() else "plus" if piece == "+" else self.letters(piece)
            for piece in _PIECES.findall(written.removesuffix(many) if many else written)
        ]
        words = " ".join(said)
        if many:
            words = f"{words}'s" if words[-1].isupper() else numerals.plural(words)
        return say(match, words)

    def read_airliner(self, match: re.Match[str]) -> Parts | None:
        """Read a Boeing by its number: with a series, beside its maker's name or a word for an aircraft."""
        text = match.string
        known = (
            before(text, match.start()).rstrip("'’s") == "boeing" or after(text, match.end()).lower() in self.aircraft
        )
        if match["many"] or not (match["series"] or known):
            return None
        series = f" {numerals.designation(match['series'])}" if match["series"] else ""
        return say(match, f"seven {numerals.two(int(match.group()[1:3]))}{series}")

    def read_caliber(self, match: re.Match[str]) -> Parts:
        """Read the bore of a gun: ".22-caliber" is "twenty-two caliber"."""
        return say(match, numerals.pairs(int(match["bore"])))

    def read_label(self, match: re.Match[str]) -> Parts | None:
        label, number = match["label"], match["number"]
        if "." in label:
            label = spell(label.replace(".", ""))
        elif label.lower() not in self.labels:
            return None
        elif label.isupper():
            label = self.letters(label)
        return (Word(label, *match.span("label")), Word(numerals.designation(number), *match.span("number")))


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for codes."""
    del variety  # names sound alike everywhere
    reader = _Reader()
    return (
        Rule(
            "airliner",
            frozenset({FIGURES}),
            r"(?<![\w.,/$£€-])7[0-8]7(?:-(?P<series>\d{1,4}))?(?=(?P<many>s)?(?![\w]|[.,]\d))",
            reader.read_airliner,
        ),
        Rule(
            "label",
            frozenset({*reader.labels, "u", "h"}),
            r"(?<!\w)(?P<label>[A-Za-z]+|U\.S\.|H\.R\.)\s(?P<number>\d{3,4})(?![\w%°]|[.,:/-]\d)",
            reader.read_label,
        ),
        Rule(
            "caliber",
            frozenset({"."}),
            r"(?<![\w.])\.(?P<bore>\d{2,3})(?=[\s-](?:cal(?:ib(?:er|re))?\b|[Mm]agnum|rifle|revolver|pistol|handgun))",
            reader.read_caliber,
        ),
        Rule(
            "code",
            frozenset({CODE, LETTER, CAPITALS, MIXED}),
            r"(?<![\w.,/@#$£€-])(?=[^\s-]{0,12}-?\d)[A-Za-z]{1,8}"
            r"(?:[-‑–]?(?:\d{1,5}(?:\.\d{1,3}){0,2}|[A-Z]{1,4})){1,4}(?P<many>(?<=[\dA-Z])s)?\+?(?:[a-z]|neo|ceo)?(?![\w])",
            reader.read_code,
        ),
        Rule(
            "code",
            frozenset({TIED}),
            r"(?<![\w.,/@#$£€-])\d{1,5}(?!(?:ST|ND|RD|TH)S?\b)"
            r"(?:-?[A-Z]{1,4}(?!\w{0,3}[a-z])(?:-?\d{1,5})?){1,3}(?P<many>s)?(?![\w])",
            reader.read_code,
        ),
        Rule(
            "code",
            frozenset({TIED}),
            r"(?<![\w.,/@#$£€-])\d{1,5}(?:-?[a-z]\d{1,5}){1,3}[A-Za-z]?(?P<many>)(?![\w])",
            reader.read_code,
        ),
        Rule(
            "code", frozenset({TIED}), r"(?<![\w.,/@#$£€-])\d{1,4}[a-eghj-rt-z](?P<many>)(?![\w'’])", reader.read_code
        ),
    )
