"""Short names of weekdays, before a date or one with another: Mo., 3. Mai; lun.-vie.; ma t/m vr."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule, say
from exporter.normalize.languages.language import Language
from exporter.normalize.toml_tables import expand_forms

_MAX_PAIR_CHARS = 24  # searched for the first of two weekdays


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for short weekdays and the dash between two of them; none for a language without such names."""
    table = expand_forms(language.tables.get("weekdays", {}))
    if not table:
        return ()
    names = table | {name.capitalize(): said for name, said in table.items()}
    short = rf"(?P<short>{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?!\w)"
    months = "|".join(language.tables["months"]["names"].split())
    article = rf"(?:{language.find_pattern('weekday_article')})?"
    # Without its dot a short name is also a word ("so", "mar"): a whole date must follow.
    date = rf"(?<=\.)(?=,?\s{article}\d)|(?=,?\s\d{{1,2}}\.?\s(?:de\s)?(?:{months})\b)"
    any_name = rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)"
    joint = rf"(?:\s?[-–/]\s?|\s(?:{language.find_pattern('weekday_joint')})\s)"
    other = re.compile(joint + any_name)
    second = re.compile(rf"{any_name}{joint}\Z")
    dated = re.compile(date)

    def read(match: re.Match[str]) -> Parts | None:
        text, start, end = match.string, match.start(), match.end()
        before = text[max(0, start - _MAX_PAIR_CHARS) : start]
        beside = dated.match(text, end) or other.match(text, end) or second.search(before)
        return say(match, names[match["short"]]) if beside else None

    def read_dash(match: re.Match[str]) -> Parts:
        return say(match, language.words["to"])

    dashes = "|".join(rf"(?<={re.escape(name)})|(?<={re.escape(name)}\s)" for name in names)
    return (
        Rule(
            "weekday",
            frozenset(name.rstrip(".").lower() for name in names),
            rf"(?<!\w){short}",
            read,
        ),
        Rule("weekday", frozenset("-–"), rf"(?:{dashes})[-–](?=\s?{short.replace('?P<short>', '?:')})", read_dash),
    )
