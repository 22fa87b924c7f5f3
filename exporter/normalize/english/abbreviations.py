"""Abbreviations in running text: titles, companies, months, weekdays, references; what they mean depends on where."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule, say
from exporter.normalize.english.grammar import Variety, stop
from exporter.normalize.tables import table
from exporter.script import Word


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for abbreviations."""
    lists = table("en", "abbreviations")
    return (
        *_titles(lists["titles"] | {"Hon.": "Honourable" if variety.british else "Honorable"}),
        _numbered(lists["numbered"]),
        _number_sign(),
        _plain("abbreviation", lists["inner"], inner=True),
        _plain("abbreviation", lists["final"], inner=False),
        _plain("month", lists["months"], inner=True),
        _plain("weekday", lists["weekdays"], inner=True),
        *_undotted(lists),
    )


def _anchors(words: dict[str, str]) -> frozenset[str]:
    """Return the first token of each written form."""
    return frozenset(re.match(r"\d+|[^\W\d_]+(?:['’][^\W\d_]+)*", word)[0].lower() for word in words)  # type: ignore[index]


def _pattern(words: dict[str, str]) -> str:
    """Match any of these, longest first, as whole words."""
    longest_first = sorted(words, key=len, reverse=True)
    return rf"(?<![\w.'’-])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"


def _titles(words: dict[str, str]) -> tuple[Rule, ...]:
    """Return the rule for titles: before a name, with its dot or (in Britain) without."""
    lower = {word.lower(): said for word, said in words.items()}
    undotted = {word.removesuffix("."): said for word, said in words.items() if word in _WITHOUT_DOT}

    def read(match: re.Match[str]) -> Parts | None:
        written = match.group()
        said = words.get(written) or lower.get(written.lower()) or undotted.get(written)
        return say(match, said) if said else None

    def read_undotted(match: re.Match[str]) -> Parts | None:
        return say(match, undotted[match.group().capitalize()])

    forms = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    bare = "|".join(map(re.escape, undotted))
    return (
        Rule(
            "title",
            _anchors(words),
            rf"(?<![\w.'’])(?:{forms}|(?i:dr|mr|mrs|ms|prof|rev|gen|sen|rep|gov|sgt|lt|capt|col)\.)(?=\s+[\"“‘']?(?:[A-ZÀ-ÞŠŽ]|de\b|van\b|von\b|al-|bin\b|[a-z]+\.?$)|-\w|['’]s|[.,;]?\Z|\sand\s)",
            read,
        ),
        Rule("title", _anchors(undotted), rf"(?<![\w.'’])(?i:{bare})(?=\s[A-ZÀ-ÞŠŽ])", read_undotted),
        Rule("title", frozenset({"mr", "mrs"}), r"(?i:mrs?)(?!\w)", read_undotted),
    )


_WITHOUT_DOT = frozenset(("Dr.", "Mr.", "Mrs.", "Ms.", "Prof.", "Rev.", "Sgt.", "Mt."))


def _numbered(words: dict[str, str]) -> Rule:
    def read(match: re.Match[str]) -> Parts:
        return say(match, words[match.group()])

    return Rule(
        "reference", _anchors(words), rf"{_pattern(words)}(?=\s{{0,2}}[#(]?(?:\d|[IVXLC]+\b|[A-Z]\d?\b(?!\.\w)))", read
    )


def _number_sign() -> Rule:
    def read(match: re.Match[str]) -> Parts:
        return say(match, "number")

    return Rule("reference", frozenset({"#", "№"}), r"(?<!\w)(?:#|№)\s?(?=\d{1,6}(?!\w))", read)


def _plain(name: str, words: dict[str, str], inner: bool) -> Rule:
    def read(match: re.Match[str]) -> Parts:
        end = stop(match.string, match.end(), inner)
        return (Word(words[match.group()], match.start(), end),)

    return Rule(name, _anchors(words), _pattern(words), read)


def _undotted(lists: dict[str, dict[str, str]]) -> tuple[Rule, ...]:
    """Return rules for short forms that need no dot where their neighbours are clear."""
    words = lists["undotted"]
    lower = {word.lower(): said for word, said in words.items()}

    def read(match: re.Match[str]) -> Parts | None:
        written = match.group()
        return say(match, words.get(written) or lower[written.lower()])

    return (
        Rule(
            "abbreviation",
            _anchors(words),
            rf"(?<![\w.'’&/-])(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?![\w'’.]|\.\w)",
            read,
        ),
        Rule("abbreviation", frozenset({"w"}), r"(?<!\w)w/o(?!\w)", lambda match: say(match, "without")),
        Rule("abbreviation", frozenset({"w"}), r"(?<!\w)w/(?=\s?\w)", lambda match: say(match, "with")),
    )
