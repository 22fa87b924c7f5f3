"""Days before the name of their month, which may be short (vom 12. bis 15. Dez.), and the dash between two dates."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import Parts, Rule, say
from exporter.normalize.languages.language import Language
from exporter.script import Word

_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}(?:er|[.º°])?\s(?:de\s)?\Z")
_MAX_DAY = 31
_MAX_DAY_CHARS = 9  # a day with its suffix and a preposition
_YEAR_NEXT = re.compile(r"\s[12]\d{3}(?!\d)")
_TEXT_END = re.compile(r"[\"'”’»)\]]{0,4}\s{0,8}\Z")


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for days of the month and short names of months."""
    months = language.tables["months"]["names"].split()
    short_names = _name_short_months(language)

    def read_day(match: re.Match[str]) -> Parts | None:
        number = int(match["day"])
        if not 1 <= number <= _MAX_DAY:
            return None
        joint = language.words["and" if number == int(match["first"] or 0) + 1 else "to"]
        first = f"{language.say_cardinal(int(match['first']))} {joint} " if match["first"] else ""
        day = language.say_day(number, match["suffix"], match.string, match.start())
        return (Word(first + day, match.start(), match.end("suffix")),)

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

    names = "|".join(map(re.escape, (*months, *language.tables["months"].get("short", "").split())))
    # "vom 12. bis 15. März": the month may come with the second day.
    span = language.find_pattern("day_span")
    after_month = "|".join(rf"(?<={name}\s)|(?<={name}\s\d{{4}}\s)" for name in months)
    dash = rf"(?:{after_month})[-–](?=\s\d\d?(?:er|\.|º)?(?:\sde)?\s(?:{names})(?!\w))"
    month = rf"(?P<short>{'|'.join(map(re.escape, short_names)) or '(?!)'})(?!\w)"
    before_month = rf"(?=\s?(?i:{span})?(?<![-–])(?:\sde)?\s?(?i:{names})(?!\w))"
    day = rf"(?<![\w.,])(?:(?P<first>\d\d?)[-–/])?(?P<day>\d\d?)(?P<suffix>(?:er|\.|º)?){before_month}"
    return (
        Rule("date", frozenset({FIGURES}), day, read_day),
        Rule("date", frozenset("-–"), dash, read_dash),
        Rule("month", frozenset(short.rstrip(".").lower() for short in short_names), month, read_month),
    )


def _name_short_months(language: Language) -> dict[str, str]:
    """Return the short names, each with the name of its month."""
    months = language.tables["months"]
    shorts, full = months.get("short", "").split(), months["names"].split()
    names = {short: [name for name in full if name.startswith(short.rstrip("."))] for short in shorts}
    return {short: found[0] for short, found in names.items() if found}
