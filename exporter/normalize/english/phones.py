"""Telephone numbers, extensions and short codes; social security numbers."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, before, spell

# Numbers that are called, figure by figure, where the words around do not count with them.
_SHORT = frozenset(("911", "988", "411", "311", "211", "511", "811", "999", "112", "111", "101"))
_EMERGENCY = frozenset(("911", "999", "988"))
_ANSWERED = re.compile(r"\s(?:call(?:s|er|ers)?|operators?|dispatch(?:ers?)?|emergency|hotline)\b")
_CALLED = re.compile(r"\b(?:call|dial|text|phone|ring|hotline|lifeline|number)(?:s|ed|led|ing|ling)?\b", re.IGNORECASE)
_COUNTED = frozenset("people men women million thousand percent miles feet meters points dollars yards".split())

# Ten or thirteen figures (the last may be an X), in groups.
_BOOK = r"\d{1,13}(?:[-–\s]\d{1,8}){0,4}(?:[-–\s]?X)?"
_KEYS = {"*": "star", "#": "hash"}


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for telephone numbers."""

    def group(figures: str) -> str:
        if figures == "X":
            return figures
        if figures in ("800", "900"):
            return variety.number(figures)
        return english_numerals.digits(figures)

    def read(match: re.Match[str]) -> Parts:
        groups = re.findall(r"\d+|[A-Z]+", match.group())
        said = [group(each) if each.isdigit() else _word(each) for each in groups]
        plus = "plus " if match.group().startswith("+") else ""
        return say(match, plus + ", ".join(said))

    figures, tied = frozenset({FIGURES, "+", "("}), frozenset({TIED})
    edge, end = r"(?<![\w.,/$£€-])", r"(?![\w/]|[-.,]\d)"
    return (
        Rule(
            "phone",
            figures,
            rf"{edge}(?:\+?\d{{1,3}}[-.\s]?)?\(?\d{{3}}\)?[-.\s]{{1,2}}\d{{3}}[-.\s]\d{{4}}(?:-\d{{1,4}})?{end}",
            read,
        ),
        Rule("phone", figures, rf"{edge}(?:\+?\d{{1,3}}\s?)?\(\d{{3}}\)[-\s]?\d{{3}}[-.\s]\d{{4}}{end}", read),
        Rule("phone", figures, rf"{edge}\+\d{{1,3}}(?:[-.\s]\(?\d{{1,5}}\)?){{2,5}}{end}", read),
        Rule("phone", tied, rf"{edge}1-8\d\d-[A-Z0-9]{{1,7}}(?:-[A-Z0-9]{{1,7}}){{0,3}}(?![\w-])", read),
        Rule("phone", figures, rf"{edge}0\d{{2,4}}(?:\s\d{{3,4}}\s?|-\d{{3,4}}-)\d{{3,4}}{end}", read),
        Rule("phone", tied, rf"{edge}\d{{3}}-\d{{2}}-\d{{4}}{end}", read),
        Rule(
            "book number",
            figures,
            rf"(?:(?<=\bISBN\s)|(?<=\bISBN:\s)|(?<=\bISSN\s)){_BOOK}(?![\w-])",
            lambda match: say(match, ", ".join(group(each) for each in re.findall(r"\d+|X", match.group()))),
        ),
        Rule("phone", tied, rf"{edge}\d{{3}}-\d{{4}}{end}", read),
        Rule(
            "short number",
            frozenset("*"),
            r"(?<![\w*])\*\d{2,4}(?:[*#]\d{1,8}){0,3}#",
            lambda match: say(match, " ".join(_KEYS.get(key) or english_numerals.digits(key) for key in match.group())),
        ),
        Rule("short number", figures, rf"{edge}\d{{5,6}}{end}", _read_code),
        Rule("short number", figures, rf"{edge}\d{{3}}{end}", _read_short),
    )


def _word(letters: str) -> str:
    """Say letters in a number that is dialled: 1-800-GO-FEDEX."""
    return letters if len(letters) > 2 or letters in ("GO", "UP", "IT") else spell(letters)


def _read_code(match: re.Match[str]) -> Parts | None:
    """Read the number that a text message goes to."""
    near = match.string[max(0, match.start() - 40) : match.start()].lower()
    return say(match, english_numerals.digits(match.group())) if re.search(r"\btext(?:ing)?\b", near) else None


def _read_short(match: re.Match[str]) -> Parts | None:
    """Read the number of a service: 911, 988."""
    near = match.string[max(0, match.start() - 40) : match.start()]
    emergency = match.group() in _EMERGENCY and _ANSWERED.match(match.string, match.end())
    known = emergency or before(match.string, match.start()) == "the" or _CALLED.search(near)
    if match.group() not in _SHORT or not known:
        return None
    following = match.string[match.end() : match.end() + 12].split()
    return (
        None
        if following and following[0].strip(".,") in _COUNTED
        else say(match, english_numerals.digits(match.group()))
    )
