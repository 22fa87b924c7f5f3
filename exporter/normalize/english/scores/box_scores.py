"""Box scores: what players did, in letters ("2.1 IP, 3 H, 1 BB, 7 K"), and how a game was decided ("4-3 SO")."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, TIED, Parts, Rule, say
from exporter.normalize.english.english_grammar import SCORE_START_PATTERN, Variety
from exporter.normalize.resolver import find_anchor
from exporter.normalize.toml_tables import expand_forms, load_table

_THIRDS = {"1": "one third", "2": "two thirds", "0": "", None: ""}
# Characters around a figure in which another one stands; chosen by reading reports, no measurement.
_LIST_REACH = 30
_PLAYS_NEXT_PATTERN = (
    r"pass(?:es)?|runs?|catch(?:es)?|receptions?|throws?|drives?|strikes?|grabs?|toss(?:es)?|returns?|plunge|attempts?"
    r"|kicks?|range|with"
)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for figures of players and for endings of games."""
    lists = load_table("en", "sports")
    figures = expand_forms(lists["figures"])
    endings: dict[str, str] = lists["endings"]
    plays: dict[str, str] = lists["plays"]
    letters = "|".join(sorted(figures, key=len, reverse=True))
    # Another figure of the list: in letters, or in the words that stand in few other lists.
    other_figure = re.compile(
        rf"\d\s?(?:IP|{letters})\b(?![.'’&])|\b(?:\d{{1,2}}|no|one|two|three|four)\s(?:hits?|runs?|walks?|strikeouts?|innings)\b"
    )

    def read_innings(match: re.Match[str]) -> Parts:
        """Read the innings of a pitcher, the figure behind the point being thirds: "2.1 IP", "3.2 innings"."""
        whole, thirds = match["innings"], _THIRDS[match["outs"] or match["thirds"]]
        if whole == "0" and thirds:
            return say(match, f"{thirds} of an inning")
        said = variety.say_number(whole) + (f" and {thirds}" if thirds else "")
        return say(match, said if match["said"] is not None else f"{said} inning{'' if said == 'one' else 's'}")

    def read_figure(match: re.Match[str]) -> Parts | None:
        text, start, end = match.string, match.start(), match.end()
        near = (text[max(0, start - _LIST_REACH) : start - 1], text[end : end + _LIST_REACH])
        if not any(map(other_figure.search, near)):
            return None
        one, many = figures[match.group()].split("/")
        return say(match, one if match["one"] is not None else many)

    def read_points(match: re.Match[str]) -> Parts | None:
        counts = {name: int(written) for name, written in match.groupdict().items()}
        if counts["goals"] + counts["assists"] != counts["points"]:
            return None
        said = (f"{variety.say_cardinal(n)} {name[:-1] if n == 1 else name}" for name, n in counts.items())
        return say(match, ", ".join(said))

    def read_play(match: re.Match[str]) -> Parts:
        if match["many"]:
            return say(match, plays[re.sub(r"['’]?[sS]\Z", "", match["many"])] + "s")
        return say(match, plays[match.group()])

    return (
        Rule(
            "innings",
            frozenset({FOLLOWED}),
            r"(?<![\w.,-])(?P<innings>\d{1,2})(?:(?:\.(?P<outs>[0-2]))?\s?IP(?!\w)"
            r"|(?<=\d)\.(?P<thirds>[0-2])(?P<said>(?=\s(?:[a-z]{1,12}\s)?innings\b)))",
            read_innings,
        ),
        # The "H" of "3 H, 1 BB".
        Rule(
            "figure",
            frozenset(map(find_anchor, figures)),
            rf"(?:(?<=[\s(,;:]1\s)(?P<one>)|(?<=\d\s))(?:{letters})(?![\w&-]|['’.]\w)",
            read_figure,
        ),
        # The games of "(56 GP)", the times of "Esposito (7x)".
        Rule(
            "figure",
            frozenset({"gp"}),
            r"(?<=\d\s)GP(?=[),;]|\s(?:this|last|in)\b)",
            lambda match: say(match, "games"),
        ),
        Rule(
            "figure",
            frozenset({TIED}),
            r"(?<=\()(?P<times>[2-9]|1\d)x(?=\))",
            lambda match: say(match, f"{variety.say_number(match['times'])} times"),
        ),
        # Goals, assists and their sum: "13-12—25".
        Rule(
            "figure",
            frozenset({TIED}),
            rf"{SCORE_START_PATTERN}(?P<goals>\d{{1,3}})[-–](?P<assists>\d{{1,3}})[—–](?P<points>\d{{1,3}})(?![\w%-]|[.,]\d)",
            read_points,
        ),
        # The "TD" of "a TD pass", the "td" of "a 1 yd td run".
        Rule(
            "play",
            frozenset(find_anchor(play + many) for play in plays for many in ("", "s")),
            rf"(?<![\w&.-])(?:(?P<many>(?:{'|'.join(plays)})['’]?[sS])(?![\w&])|(?:{'|'.join(plays)})(?=\s(?:{_PLAYS_NEXT_PATTERN})\b))",
            read_play,
        ),
        # The "SO" of "4-3 SO", the "OT" of "3-2 (OT)".
        Rule(
            "ending",
            frozenset(map(find_anchor, endings)),
            rf"(?:(?<=\d[-–]\d\s)|(?<=[A-Za-z]\s\d\s\()|(?<=\d[-–]\d,\s)|(?<=\d[-–]\d\s\())(?:{'|'.join(endings)})(?!\w)",
            lambda match: say(match, endings[match.group()]),
        ),
    )
