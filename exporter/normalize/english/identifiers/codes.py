"""Names with digits: COVID-19, F-16, I-95, A320, GPT-4, Boeing 737, Flight 1549."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, CODE, LETTER, MIXED, NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import (
    Variety,
    find_word_after,
    find_word_before,
    has_context,
    is_unpronounceable,
    spell_letters,
)
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_FLIGHT_BEFORE = re.compile(r"[Ff]lights?\s\Z")
# Around the "737" that is an aircraft near words of aviation: "the 737 landed", but not "the 737 passengers".
_ARTICLE_BEFORE = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Oo]ld|[Nn]ew)\s\Z")
_COUNTED_NEXT = re.compile(r"\s(?!(?:was|is|has)\b)(?:[a-z]+s|people|men|women)\b")
_CODE_PIECE = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*|[+]")


class _CodeReader:
    """Reads names with digits."""

    def __init__(self) -> None:
        lists = load_table("en", "identifiers")
        self.aircraft = frozenset(lists["aircraft"].split())
        self.labels = frozenset(lists["labels"].split())
        short = load_table("en", "abbreviations")["numbered"]
        self.short_labels = {written: said for written, said in short.items() if said.lower() in self.labels}
        initialisms = load_table("en", "initialisms")
        self.words, self.spelled = (frozenset(initialisms[name].split()) for name in ("words", "spelled"))

    def say_letters(self, written: str) -> str:
        """Say the letters of a name: spelled, unless they make a word."""
        if written == "FY":
            return "fiscal year"
        if written[-1] == "v" and written[:-1].isupper():  # GPLv3, IPv6
            return f"{spell_letters(written[:-1])} V"
        if written == "a":  # a letter, not the article
            return "A"
        word = written in self.words or (
            len(written) > 4 and written not in self.spelled and not is_unpronounceable(written)
        )
        return written if word or len(written) == 1 or not written.isupper() else spell_letters(written)

    def read_code(self, match: re.Match[str]) -> Parts:
        written = match.group()
        many = match["many"] or ""
        said = [
            english_numerals.say_designation(piece)
            if piece[0].isdecimal()
            else "plus"
            if piece == "+"
            else self.say_letters(piece)
            for piece in _CODE_PIECE.findall(written.removesuffix(many) if many else written)
        ]
        words = " ".join(said)
        if many:
            words = f"{words}'s" if words[-1].isupper() else english_numerals.pluralize_number(words)
        return say(match, words)

    def read_airliner(self, match: re.Match[str]) -> Parts | None:
        """Read a Boeing by its number: with a series, beside its maker's name or a word for an aircraft."""
        text = match.string
        named = (
            find_word_before(text, match.start()).rstrip("'’s") == "boeing"
            or find_word_after(text, match.end()).lower() in self.aircraft
            or (
                _ARTICLE_BEFORE.search(text, max(0, match.start() - 8), match.start())
                and has_context("aviation", match)
                and not _COUNTED_NEXT.match(text, match.end())
            )
        )
        many = bool(match["many"])
        if not (match["series"] or named) or (many and not match["series"]):
            return None
        series = f" {english_numerals.say_designation(match['series'])}" if match["series"] else ""
        series += f" {spell_letters(match['letters'])}" if match["letters"] else ""
        series = english_numerals.pluralize_number(series) if many else series
        end = match.end() + many
        return (Word(f"seven {english_numerals.say_two_digits(int(match.group()[1:3]))}{series}", match.start(), end),)

    def read_caliber(self, match: re.Match[str]) -> Parts:
        """Read the bore of a gun: ".22-caliber" is "twenty-two caliber"."""
        said = english_numerals.say_pairs(int(match["bore"]))
        return say(match, f"{said} caliber" if match["short"] else said)

    def read_label(self, match: re.Match[str]) -> Parts | None:
        label, number = match["label"], match["number"]
        if label.endswith("Res."):
            chambers = {"H": "House", "S": "Senate", "J": "Joint", "Con": "Concurrent", "Res": "Resolution"}
            label = " ".join(chambers[piece] for piece in re.findall(r"[A-Za-z]+", label))
        elif label[-1] == "." and label[1:-1].isalpha():
            if label not in self.short_labels or len(number) < 3:  # left to the abbreviations
                return None
            label = self.short_labels[label]
        elif "." in label:
            label = spell_letters(label.replace(".", ""))
        elif (label.lower() not in self.labels or len(number) < 3) and not _FLIGHT_BEFORE.search(
            match.string[max(0, match.start() - 8) : match.start()]
        ):
            return None
        elif label.isupper():
            label = self.say_letters(label)
        return (
            Word(label, *match.span("label")),
            Word(english_numerals.say_designation(number), *match.span("number")),
        )


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for codes."""
    del variety  # the same in all varieties
    reader = _CodeReader()
    return (
        # "Boeing 737", "787-9"
        Rule(
            "airliner",
            frozenset({NUMBER}),
            r"(?<![\w.,/$£€-])7[0-8]7(?:-(?P<series>\d{1,4})(?P<letters>[A-Z]{1,3})?)?(?=(?P<many>s)?(?![\w]|[.,]\d))",
            reader.read_airliner,
        ),
        # "Flight 370"
        Rule(
            "label",
            frozenset(
                {*(label.rstrip(".").lower() for label in (*reader.labels, *reader.short_labels)), CAPITALS, *"uhsalp"}
            ),
            r"(?<![\w.])(?P<label>[A-Za-z]{1,24}|[A-Za-z]{2,24}\.|U\.S\.|H\.R\.|[HS]\.\s?(?:J\.\s?|Con\.\s?)?Res\.|S\.(?=\s\d{3,4}\b)|[AHLPS]\.(?!D)[A-Z]\.(?=\s\d{3,4}\b))\s(?P<number>\d{1,4})(?!(?!(?:Ti|XTX?|[KXGHS])\b)[\w%°]|[.,:/-]\d)",
            reader.read_label,
        ),
        # ".45-caliber"
        Rule(
            "caliber",
            frozenset({"."}),
            r"(?<![\w.])\.(?P<bore>\d{2,3})(?:(?P<short>[\s-]cal\b\.?)|(?=[\s-](?:cal(?:ib(?:er|re))?\b|[Mm]agnum|rifle|revolver|pistol|handgun|Colt|ACP|Winchester|Remington|round|bullet)))",
            reader.read_caliber,
        ),
        # "I-80", "COVID-19", "A320neo"
        Rule(
            "code",
            frozenset({CODE, LETTER, CAPITALS, MIXED}),
            r"(?:(?<![\w.,@#$£€-])|(?<=[a-z]{2}-)(?=[A-Z]\d{2}))(?<!\D/)(?=[^\s-]{0,12}(?:-[A-Z]{1,4}){0,2}-?\d)(?!(?:BCE?|CE|AD)\b)[A-Za-z]{1,8}"
            r"(?:[-‑–:]?(?:\d{1,5}(?:\.\d{1,3}){0,2}|[A-Z]{1,4}|(?<=\d)[a-z](?=\d))){1,4}(?P<many>(?<=[\dA-Z])s)?\+?(?:[a-z]|neo|ceo)?(?:(?:(?<=[A-Za-z]-\d\d)|(?<=\b[A-Z]\d\d))/\d\d|(?<=[A-Za-z]-\d{3})/\d{3}|\(M\))?(?![\w])",
            reader.read_code,
        ),
        # "5G", "7950X", "10-K"
        Rule(
            "code",
            frozenset({TIED}),
            r"(?<![\w.,/@#$£€-])\d{1,5}(?!(?:ST|ND|RD|TH)S?\b)"
            r"(?:-?[A-Z]{1,4}(?!\w{0,3}[a-z])(?:-?\d{1,5})?){1,3}(?P<many>s)?(?![\w])",
            reader.read_code,
        ),
        # "12b34", "10b5-1"
        Rule(
            "code",
            frozenset({TIED}),
            r"(?<![\w.,/@#$£€-])\d{1,5}(?:-?[a-z]\d{1,5}){1,3}(?:[A-Za-z]|-\d{1,2})?(?P<many>)(?![\w])",
            reader.read_code,
        ),
        # "Fig. 2a"
        Rule(
            "code",
            frozenset({TIED}),
            r"(?<![\w.,/@#$£€-])\d{1,4}[a-eghj-rt-z](?P<many>)(?![\w'’]|/o\b)",
            reader.read_code,
        ),
    )
