"""Dates: in digits, in ISO 8601, and days of the month that are ordinals."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.languages.language import Language
from exporter.script import Word

_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}(?:er|[.º°])?\s(?:de\s)?\Z")
_MAX_DAY_CHARS = 9  # a day with its suffix and a preposition
_YEAR_NEXT = re.compile(r"\s[12]\d{3}(?!\d)")
_TEXT_END = re.compile(r"[\"'”’»)\]]{0,4}\s{0,8}\Z")


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for dates."""
    months = language.tables["months"]["names"].split()
    # A day and a month alone could be a fraction: they are a date only after an article.
    article = language.find_pattern("date_article")
    # With a zero, "de 10/07" is none.
    of = re.compile(rf"\b{language.words['of']}\s\Z" if "of" in language.words else "(?!)")

    def day(match: re.Match[str]) -> str:
        suffix = match.groupdict().get("suffix") or ""
        return language.say_day(int(match["day"]), suffix, match.string, match.start())

    def read_figures(match: re.Match[str]) -> Parts | None:
        found = match["month"].lower()
        month = int(found) if found.isdecimal() else _find_month(months, found)
        if not (1 <= month <= len(months) and 1 <= int(match["day"]) <= 31):
            return None
        year = match.groupdict().get("year")
        template = language.words["date" if year else "short_date"]
        said_year = language.say_year(int(year)) if year else ""
        return say(match, template.format(day=day(match), month=months[month - 1], year=said_year))

    def read_named(match: re.Match[str]) -> Parts | None:
        """Read "27-dic-2023" and "27.dez"; "11-Septembre" is a name."""
        return read_figures(match) if match["year"] or match["mark"] == "." else None

    def read_short(match: re.Match[str]) -> Parts | None:
        before = match.string[max(0, match.start() - 8) : match.start()]
        is_padded = "0" in (match["day"][0], match["month"][0]) and of.search(before)
        return read_figures(match) if is_padded or re.search(article, before, re.IGNORECASE) else None

    def read_day(match: re.Match[str]) -> Parts | None:
        if not 1 <= int(match["day"]) <= 31:
            return None
        joint = language.words["and" if int(match["day"]) == int(match["first"] or 0) + 1 else "to"]
        first = f"{language.say_cardinal(int(match['first']))} {joint} " if match["first"] else ""
        return (Word(first + day(match), match.start(), match.end("suffix")),)

    short_names = _name_short_months(language)

    def read_month(match: re.Match[str]) -> Parts | None:
        """Read a short name of a month after its day, or before its year."""
        if not _DAY_BEFORE.search(match.string[max(0, match.start() - _MAX_DAY_CHARS) : match.start()]):
            return None
        ends = match.group().endswith(".") and _TEXT_END.match(match.string, match.end())
        said = short_names[match["short"]]
        if match.string[match.start() - 3 : match.start()] != "de ":
            said = language.words.get("month_after_day", "{month}").format(month=said)
            if _YEAR_NEXT.match(match.string, match.end()):
                said += language.words.get("before_year", "")
        return (Word(said, match.start(), match.end() - bool(ends)),)

    def read_dash(match: re.Match[str]) -> Parts:
        """Read the dash between two dates: "26. Juni – 16. Juli"."""
        return say(match, language.words["to"])

    figures, tied = frozenset({FIGURES}), frozenset({TIED})
    names = "|".join(map(re.escape, (*months, *language.tables["months"].get("short", "").split())))
    year = r"(?P<year>[12]\d{3}|\d\d)"
    edge = r"(?<![\w./-])"
    words = "|".join(f"(?i:{name.rstrip('.')})" for name in names.replace("\\", "").split("|"))
    # "vom 12. bis 15. März": the month may come with the second day.
    span = language.find_pattern("day_span")
    after_month = "|".join(rf"(?<={name}\s)|(?<={name}\s\d{{4}}\s)" for name in months)
    return (
        Rule(
            "date",
            frozenset("-–"),
            rf"(?:{after_month})[-–](?=\s\d\d?(?:er|\.|º)?(?:\sde)?\s(?:{names})(?!\w))",
            read_dash,
        ),
        Rule(
            "date",
            figures,
            rf"{edge}(?P<day>\d\d?)\.\s(?P<month>\d\d?)\.\s(?P<year>[12]\d{{3}})(?![\w/-])",
            read_figures,
        ),
        Rule(
            "month",
            frozenset(short.rstrip(".").lower() for short in short_names),
            rf"(?P<short>{'|'.join(map(re.escape, short_names)) or '(?!)'})(?!\w)",
            read_month,
        ),
        Rule(
            "date",
            tied,
            rf"{edge}(?P<day>\d\d?)(?P<suffix>[º°])?(?P<mark>[./-])(?P<month>\d\d?)(?P=mark){year}(?![\w/-]|\.\d)",
            read_figures,
        ),
        Rule(
            "date",
            tied,
            rf"{edge}(?P<day>\d\d?)(?P<mark>[./-])(?P<month>{words})(?:(?P=mark){year})?(?![\w/-]|[.,]\d)",
            read_named,
        ),
        Rule("date", tied, rf"{edge}(?P<year>[12]\d{{3}})-(?P<month>\d\d)-(?P<day>\d\d)(?![\w/-])", read_figures),
        Rule("date", tied, edge + language.find_pattern("day_and_month"), read_short),
        Rule(
            "date",
            figures,
            rf"(?<![\w.,])(?:(?P<first>\d\d?)[-–])?(?P<day>\d\d?)(?P<suffix>(?:er|\.|º)?)(?=\s?(?:{span})?(?<![-–])(?:\sde)?\s?(?:{names})(?!\w))",
            read_day,
        ),
    )


def _find_month(months: list[str], name: str) -> int:
    """Return the number of a month by its name or the beginning of it."""
    return next((number for number, month in enumerate(months, 1) if month.lower().startswith(name)), 0)


def _name_short_months(language: Language) -> dict[str, str]:
    """Return the short names that end in a dot, each with the name of its month."""
    months = language.tables["months"]
    shorts = [short for short in months.get("short", "").split() if short.endswith(".")]
    names = {short: [name for name in months["names"].split() if name.startswith(short[:-1])] for short in shorts}
    return {short: found[0] for short, found in names.items() if found}
