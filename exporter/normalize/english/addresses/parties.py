"""Parties of politicians: "(D-Calif.)", "both R-Tenn.", "Sen. Roe (D)", "(Lab)"."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule, say
from exporter.normalize.english.english_grammar import Variety, join_longest_first
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_OFFICE_BEFORE = re.compile(
    r"\b(?:Gov|Sens?|Reps?|Cllrs?|Crs?|Ald|Councillor|MP|MSP|Governor|Senator|Representative|Congress\w*|Mayor)\b"
)


class _PartyReader:
    """Reads parties."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        places = load_table("en", "places")
        self.parties, self.postal = places["parties"], places["postal"]
        self.states: dict[str, str] = load_table("en", "abbreviations")["places"]

    def read_party(self, match: re.Match[str]) -> Parts | None:
        where = match["where"]
        said = self.states.get(where) or self.states.get(f"{where}.") or self.postal.get(where) or where
        number = match.groupdict().get("district")
        district = f", District {self.variety.say_cardinal(int(number))}" if number else ""
        return (
            Word(self.parties[match["party"]], *match.span("party")),
            Word(f"of {said}{district}", match.end("party"), match.end()),
        )

    def read_lone_party(self, match: re.Match[str]) -> Parts | None:
        """Read "(Lab)", and "(D)" after the name of an officeholder."""
        party = match.group().rstrip(".")
        near = match.string[max(0, match.start() - 50) : match.start()]
        return say(match, self.parties[party]) if len(party) > 1 or _OFFICE_BEFORE.search(near) else None


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for parties."""
    reader = _PartyReader(variety)
    anchors = frozenset(word.lower() for word in reader.parties)
    party, state = "|".join(reader.parties), join_longest_first(reader.states)
    town = r"[A-ZÀ-Þ][a-zà-þ][A-Za-zÀ-ÿ'’]{0,20}"
    dotted = "|".join(re.escape(word) for word in reader.states if word.endswith(".") and len(word) > 3)
    return (
        # Party and state: "(D-Calif.)".
        Rule(
            "party",
            anchors,
            rf"(?:(?<=\()|(?<=,\s))(?P<party>{party})[-–](?!Day\b)(?P<where>(?:{state})|{town}(?:\s{town})?|[A-Z]{{2}})(?!\w)(?:-(?P<district>\d\d?)(?!\w))?",
            reader.read_party,
        ),
        # "both R-Tenn."
        Rule(
            "party",
            anchors,
            rf"(?<![\w.'’-])(?P<party>[DRI])[-–](?P<where>{dotted})(?!\w)",
            reader.read_party,
        ),
        # The party of "Sen. Roe (D)".
        Rule(
            "party",
            anchors,
            rf"(?<=\()(?:{party})\.?(?=\))",
            reader.read_lone_party,
        ),
    )
