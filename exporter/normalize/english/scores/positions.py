"""Players: positions before names ("QB Dak Prescott"), innings and strikeouts of a pitcher ("2.1 IP, 2 ER, 7 K")."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english.english_grammar import Variety
from exporter.normalize.resolver import find_anchor
from exporter.normalize.toml_tables import load_table

# What stands near the strikeouts of a pitcher: innings, earned runs, walks.
_PITCHER_LINE = re.compile(r"\d\s(?:IP|ER|BB)\b")
_PITCHER_REACH = 30
_THIRDS = {"1": "one third", "2": "two thirds", "0": "", None: ""}


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for positions, which are read before a first and a last name, for innings and strikeouts."""
    positions: dict[str, str] = load_table("en", "initialisms")["positions"]

    def read_innings(match: re.Match[str]) -> Parts:
        """Read the innings of a pitcher, the figure behind the point being thirds: "2.1 IP"."""
        whole, thirds = match["innings"], _THIRDS[match["outs"]]
        if whole == "0" and thirds:
            return say(match, f"{thirds} of an inning")
        said = variety.say_number(whole) + (f" and {thirds}" if thirds else "")
        return say(match, f"{said} inning{'' if said == 'one' else 's'}")

    def read_strikeouts(match: re.Match[str]) -> Parts | None:
        near = match.string[max(0, match.start() - _PITCHER_REACH) : match.end() + _PITCHER_REACH]
        return say(match, "strikeouts") if _PITCHER_LINE.search(near) else None

    return (
        Rule(
            "innings",
            frozenset({TIED, NUMBER}),
            r"(?<![\w.,-])(?P<innings>\d{1,2})(?:\.(?P<outs>[0-2]))?\s?IP(?!\w)",
            read_innings,
        ),
        Rule("strikeouts", frozenset({"k"}), r"(?<=\d\s)K(?!\w|['’.]\w)", read_strikeouts),
        Rule(
            "position",
            frozenset(map(find_anchor, positions)),
            rf"(?<![\w.-])(?:{'|'.join(positions)})(?=\s[A-Z][\w.'’-]{{1,20}}\s[A-Z][\w'’-]{{0,20}}[a-z])",
            lambda match: say(match, positions[match.group()]),
        ),
    )
