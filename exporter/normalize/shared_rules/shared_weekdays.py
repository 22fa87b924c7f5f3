"""Short names of weekdays, before a date or beside a dash: Mo., 3. Mai; lun.-vie."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule, say
from exporter.normalize.languages.language import Language
from exporter.normalize.toml_tables import expand_forms


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for short weekdays and the dash between two of them; none for a language without such names."""
    names = expand_forms(language.tables.get("weekdays", {}))
    if not names:
        return ()
    short = rf"(?P<short>{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?!\w)"
    months = "|".join(language.tables["months"]["names"].split())
    article = rf"(?:{language.find_pattern('weekday_article')})?"
    # Without its dot a short name is also a word ("so", "mar"): a whole date must follow.
    date = rf"(?<=\.)(?=,?\s{article}\d)|(?=,?\s\d{{1,2}}\.?\s(?:de\s)?(?:{months})\b)"
    other = rf"(?=\s?[-–/]\s?(?:{'|'.join(map(re.escape, names))})(?!\w))"
    # The second of two, of two letters or three: "Mo.–Fr.".
    second = r"(?<=[-–]\w\w\.)|(?<=[-–]\w\w\w\.)"

    def read(match: re.Match[str]) -> Parts:
        return say(match, names[match["short"]])

    def read_dash(match: re.Match[str]) -> Parts:
        return say(match, language.words["to"])

    dashes = "|".join(rf"(?<={re.escape(name)})" for name in names)
    return (
        Rule(
            "weekday",
            frozenset(name.rstrip(".").lower() for name in names),
            rf"(?<!\w){short}(?:{date}|{other}|{second})",
            read,
        ),
        Rule("weekday", frozenset("-–"), rf"(?:{dashes})[-–](?={short.replace('?P<short>', '?:')})", read_dash),
    )
