"""Abbreviations: titles before a name, references before a number, and all others."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule, say
from exporter.normalize.languages.language import Language
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_MAX_ARTICLE_CHARS = 8  # searched for the plural article before a unit
_LAST_DOT = re.compile(r"\.[\"'”’»)\]]{0,4}\s{0,8}\Z")
_REQUIRED_NEXT = {
    "titles": r"(?=\s++(?:[A-ZÀ-ÞŒ]|d[eai]|d'|v[ao]n\s|te[nr]\s|[a-zà-ÿ]{1,5}\.))",
    "numbered": r"(?=[\s\u00a0\u202f]{0,2}(?::[\s\u00a0\u202f])?[(+]?(?:\d|[IVXLC]++\b))",
    "honours": r"(?=\s[a-zà-ÿ])",
    "dates": r"(?=\s\d)",
    "bracketed": r"(?<=\(..)(?=\))",
}


def rules(language: Language) -> tuple[Rule, ...]:
    """Return a rule for each table of abbreviations, and one for names of streets."""
    tables = load_table(language.tag, "abbreviations")
    streets = (_make_street_rule(language.words["street"]),) if "street" in language.words else ()
    return (*streets, *(_make_table_rule(language, name, words) for name, words in tables.items()))


def _make_street_rule(street: str) -> Rule:
    """Return the rule for a street whose name and "street" are one word: "Hauptstr. 5"."""

    def read(match: re.Match[str]) -> Parts:
        return say(match, match["name"] + street)

    return Rule("abbreviation", frozenset({""}), r"(?<!\w)(?P<name>[A-ZÄÖÜ][a-zäöüß]{2,30})str\.(?=\s\d)", read)


def _make_table_rule(language: Language, name: str, words: dict[str, str]) -> Rule:
    def name_unit(match: re.Match[str]) -> str:
        """Return the name that the region gives a unit before a number: "km 5", "les km 5 et 6"."""
        before = match.string[max(0, match.start() - _MAX_ARTICLE_CHARS) : match.start()]
        return language.say_unit(
            _find_unit(match["form"]), single=not re.search(language.find_pattern("plural_article"), before)
        )

    def read(match: re.Match[str]) -> Parts:
        last = _LAST_DOT.match(match.string, match.end() - 1)
        said = words[match["form"]] or name_unit(match)
        return (Word(said, match.start("form"), match.end() - (1 if last else 0)),)

    first = {_find_first_token(word) for word in words}
    if language.elision:
        elided_articles = language.words["elided"].split()
        first |= {f"{elided}{mark}{word}" for word in first for elided in elided_articles for mark in "'’"}
    # "km 5" is a place on a road, "50 km" is a length.
    unit = r"(?<!\d)(?<!\d[\s\u00a0\u202f])(?<!/)"
    longest_first = sorted(words, key=len, reverse=True)
    forms = "|".join(
        (unit if _find_unit(form) in language.unit_signs else "") + re.escape(form) for form in longest_first
    )
    pattern = rf"(?<![\w.]){language.elision}(?P<form>{forms})(?![^\W\d_]){_REQUIRED_NEXT.get(name, '')}"
    return Rule("abbreviation", frozenset(first), pattern, read)


def _find_unit(form: str) -> str:
    """Return the sign of a unit by one of its forms, as "Km."."""
    return form.removesuffix(".").lower()


def _find_first_token(form: str) -> str:
    """Return the first token of an abbreviation: a word or a sign."""
    found = re.match(r"[^\W\d_]+", form)
    return found.group().lower() if found else form[0]
