"""Dates in digits (27/12/2023, 2. 4. 1991, 24.12.), in ISO 8601, and with the name of a month between marks."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.languages.language import Language

_MAX_DAY = 31
_MAX_ARTICLE_CHARS = 16  # searched for the article or weekday before a day and a month


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for dates."""
    months = language.tables["months"]["names"].split()
    # A day and a month alone could be a fraction: they are a date only after an article.
    article = language.find_pattern("date_article")
    # With a zero, "de 10/07" is none.
    of = re.compile(rf"\b{language.words['of']}\s\Z" if "of" in language.words else "(?!)")
    # Before a whole date: "25/12 a 02/01/2004"; after "of", before a padded day or month: "de 25/12 a 02/01".
    joint = rf"\s(?:{language.find_pattern('weekday_joint')})\s"
    before_date = re.compile(rf"{joint}\d\d?/\d\d?/(?:\d{{4}}|\d\d)(?!\w)")
    before_padded = re.compile(rf"{joint}(?:0\d/\d\d?|\d\d?/0\d)(?!\w)")

    def read_figures(match: re.Match[str]) -> Parts | None:
        found = match["month"].lower()
        month = int(found) if found.isdecimal() else _find_month(months, found)
        if not (1 <= month <= len(months) and 1 <= int(match["day"]) <= _MAX_DAY):
            return None
        groups = match.groupdict()
        day = language.say_day(int(match["day"]), groups.get("suffix") or "", match.string, match.start())
        year = groups.get("year")
        template = language.words["date" if year else "short_date"]
        return say(
            match,
            template.format(day=day, month=months[month - 1], year=language.say_year(int(year)) if year else ""),
        )

    def read_named(match: re.Match[str]) -> Parts | None:
        """Read "27-dic-2023" and "27.dez"; "11-Septembre" is a name."""
        return read_figures(match) if match["year"] or match["mark"] == "." else None

    def read_short(match: re.Match[str]) -> Parts | None:
        before = match.string[max(0, match.start() - _MAX_ARTICLE_CHARS) : match.start()]
        text, end = match.string, match.end()
        is_padded = "0" in (match["day"][0], match["month"][0]) or before_padded.match(text, end)
        is_date = (is_padded and of.search(before)) or before_date.match(text, end)
        return read_figures(match) if is_date or re.search(article, before, re.IGNORECASE) else None

    names = (*months, *language.tables["months"].get("short", "").split())
    words = "|".join(f"(?i:{name.rstrip('.')})" for name in names)
    year = r"(?P<year>[12]\d{3}|\d\d)"
    edge = r"(?<![\w./-])"
    found = (
        (
            rf"{edge}(?P<day>\d\d?)(?P<suffix>[º°])?(?P<mark>[./-])(?P<month>\d\d?)(?P=mark){year}(?![\w/-]|\.\d)",
            read_figures,
        ),
        (
            rf"{edge}(?P<day>\d\d?)(?P<mark>[./-])(?P<month>{words})(?:(?P=mark){year})?(?![\w/-]|[.,]\d)",
            read_named,
        ),
        (rf"{edge}(?P<year>[12]\d{{3}})-(?P<month>\d\d)-(?P<day>\d\d)(?![\w/-])", read_figures),
        (edge + language.find_pattern("day_and_month"), read_short),
    )
    spaced = rf"{edge}(?P<day>\d\d?)\.\s(?P<month>\d\d?)\.\s(?P<year>[12]\d{{3}})(?![\w/-])"
    shorts = "|".join(f"(?i:{name.rstrip('.')})" for name in names if name.endswith("."))
    short_month = rf"{edge}(?P<day>\d\d?)\s(?P<month>{shorts or '(?!)'})\.?,?\s(?P<year>[12]\d{{3}})(?![\w/-])"
    return (
        Rule("date", frozenset({FIGURES}), spaced, read_figures),
        Rule("date", frozenset({FIGURES}), short_month, read_figures),
        *(Rule("date", frozenset({TIED}), pattern, read) for pattern, read in found),
    )


def _find_month(months: list[str], name: str) -> int:
    """Return the number of a month by its name or the beginning of it."""
    return next((number for number, month in enumerate(months, 1) if month.lower().startswith(name)), 0)
