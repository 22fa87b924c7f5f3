"""Names with digits: COVID-19, F-16, I-95, A320, GPT-4, iOS 17.4, v2.0.1, 401(k), Flight 1549."""

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

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        lists = table("en", "codes")
        self.aircraft = frozenset(lists["aircraft"].split())
        self.labels = frozenset(lists["labels"].split())
        self.words = table("en", "initialisms")
        self.said_words, self.spelled = frozenset(self.words["words"].split()), frozenset(self.words["spelled"].split())

    def figures(self, written: str) -> str:
        """Say the self.figures of a name: pairs as far as that is usual."""
        if "." in written:
            return " point ".join(
                numerals.digits(part) if len(part) > 1 and at else self.figures(part)
                for at, part in enumerate(written.split("."))
            )
        if written[0] == "0" or len(written) > 4:
            return numerals.digits(written) if len(written) > 1 else "zero"
        return numerals.pairs(int(written))

    def letters(self, written: str) -> str:
        if (
            written in self.said_words
            or (len(written) > 4 and written not in self.spelled)
            or (not written.isupper() and len(written) > 2)
        ):
            return written
        if len(written) == 1:
            return written
        if written == "FY":
            return "fiscal year"
        return spell(written.upper()) if written.isupper() else written

    def read_code(self, match: re.Match[str]) -> Parts:
        written = match.group()
        many = match["many"] or ""
        said = [
            self.figures(piece) if piece[0].isdecimal() else "plus" if piece == "+" else self.letters(piece)
            for piece in _PIECES.findall(written.removesuffix(many) if many else written)
        ]
        words = " ".join(said)
        if many:
            words = f"{words}'s" if words[-1].isupper() else numerals.plural(words)
        return say(match, words)

    def read_version(self, match: re.Match[str]) -> Parts:
        rest = (
            f" dash {match['name']} {' point '.join(map(self.variety.number, match['rest'].split('.')))}"
            if match["name"] and match["rest"]
            else f" dash {match['name']}"
            if match["name"]
            else ""
        )
        numbers = " point ".join(self.variety.number(part) for part in match["number"].split("."))
        return say(match, f"{'version ' if match['v'] else ''}{numbers}{rest}")

    def read_variant(self, match: re.Match[str]) -> Parts:
        """Read BA.2.86, XBB.1.5: the first dot is silent."""
        numbers = " point ".join(map(self.figures, match["numbers"].split(".")))
        return say(match, f"{spell(match['letters'])} {numbers}")

    def read_airliner(self, match: re.Match[str]) -> Parts | None:
        """Read a Boeing by its number: with a series, beside its maker's name or a word for an self.aircraft."""
        text = match.string
        known = (
            before(text, match.start()).rstrip("'’s") == "boeing" or after(text, match.end()).lower() in self.aircraft
        )
        if match["many"] or not (match["series"] or known):
            return None
        series = f" {self.figures(match['series'])}" if match["series"] else ""
        return say(match, f"seven {numerals.two(int(match.group()[1:3]))}{series}")

    def read_clause(self, match: re.Match[str]) -> Parts:
        """Read the clause of a law: 12(b)(6)."""
        said = [self.figures(match["number"])]
        said += [
            self.figures(mark) if mark.isdecimal() else mark.upper() for mark in re.findall(r"\w+", match["letters"])
        ]
        return say(match, " ".join(said))

    def read_label(self, match: re.Match[str]) -> Parts | None:
        label, number = match["label"], match["number"]
        if "." in label:
            label = spell(label.replace(".", ""))
        elif label.lower() not in self.labels:
            return None
        elif label.isupper():
            label = self.letters(label)
        return (Word(label, *match.span("label")), Word(self.figures(number), *match.span("number")))


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for codes."""
    reader = _Reader(variety)
    return (
        Rule(
            "version",
            frozenset({TIED, "v"}),
            r"(?<![\w.])(?P<v>v\.?\s?)?(?P<number>\d{1,4}(?:\.\d{1,4}){2,3})"
            r"(?:-(?P<name>[a-z]{1,8})(?:\.?(?P<rest>\d{1,3}(?:\.\d{1,3})?))?)?(?![\w]|\.\d)",
            reader.read_version,
        ),
        Rule(
            "version",
            frozenset({"v"}),
            r"(?<![\w.])(?P<v>v)(?P<number>\d{1,4}(?:\.\d{1,4}){0,3})(?P<name>)(?P<rest>)(?![\w]|\.\d)",
            reader.read_version,
        ),
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
            "variant",
            frozenset({CAPITALS, LETTER}),
            r"(?<![\w.])(?P<letters>[A-Z]{1,3})\.(?P<numbers>\d{1,3}(?:\.\d{1,3}){0,4})(?![\w])",
            reader.read_variant,
        ),
        Rule(
            "code",
            frozenset({CODE, LETTER, CAPITALS, MIXED}),
            r"(?<![\w.,/@#$£€-])(?=[^\s-]{0,12}-?\d)[A-Za-z]{1,8}"
            r"(?:[-‑–]?(?:\d{1,5}(?:\.\d{1,3}){0,2}|[A-Z]{1,4})){1,4}(?P<many>(?<=[\dA-Z])s)?\+?[a-z]?(?![\w])",
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
        Rule(
            "clause",
            frozenset({TIED}),
            r"(?<![\w.,/$£€-])(?P<number>\d{1,4})(?P<letters>(?:\((?:[a-zA-Z]|\d{1,2})\)){1,4})",
            reader.read_clause,
        ),
    )
