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


class _BoxScoreReader:
    """Reads the figures of players and the endings of games."""

    def __init__(self, variety: Variety) -> None:
        lists = load_table("en", "sports")
        self.variety = variety
        self.figures = expand_forms(lists["figures"])
        self.endings: dict[str, str] = lists["endings"]
        self.plays: dict[str, str] = lists["plays"]
        self.letters = "|".join(sorted(self.figures, key=len, reverse=True))
        # Another figure of the list: in letters, or in the words that stand in few other lists.
        self.other_figure = re.compile(
            rf"\d\s?(?:IP|{self.letters})\b(?![.'’&])"
            r"|\b(?:\d{1,2}|no|one|two|three|four)\s(?:hits?|runs?|walks?|strikeouts?|innings)\b"
        )

    def read_innings(self, match: re.Match[str]) -> Parts:
        """Read the innings of a pitcher, the figure behind the point being thirds: "2.1 IP", "3.2 innings"."""
        whole, thirds = match["innings"], _THIRDS[match["outs"] or match["thirds"]]
        if whole == "0" and thirds:
            return say(match, f"{thirds} of an inning")
        said = self.variety.say_number(whole) + (f" and {thirds}" if thirds else "")
        return say(match, said if match["said"] is not None else f"{said} inning{'' if said == 'one' else 's'}")

    def read_figure(self, match: re.Match[str]) -> Parts | None:
        """Read the letters of a figure if another one stands near."""
        text, start, end = match.string, match.start(), match.end()
        near = (text[max(0, start - _LIST_REACH) : start - 1], text[end : end + _LIST_REACH])
        if not any(map(self.other_figure.search, near)):
            return None
        one, many = self.figures[match.group()].split("/")
        return say(match, one if match["one"] is not None else many)

    def read_points(self, match: re.Match[str]) -> Parts | None:
        """Read goals, assists and points if the last are the sum of the others."""
        counts = {name: int(written) for name, written in match.groupdict().items()}
        if counts["goals"] + counts["assists"] != counts["points"]:
            return None
        said = (f"{self.variety.say_cardinal(n)} {name[:-1] if n == 1 else name}" for name, n in counts.items())
        return say(match, ", ".join(said))

    def read_play(self, match: re.Match[str]) -> Parts:
        """Read the letters of a play, also of several: "TDs"."""
        if match["many"]:
            return say(match, self.plays[re.sub(r"['’]?[sS]\Z", "", match["many"])] + "s")
        return say(match, self.plays[match.group()])


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for figures of players and for endings of games."""
    reader = _BoxScoreReader(variety)
    return (*_make_figure_rules(reader), *_make_game_rules(reader))


def _make_figure_rules(reader: _BoxScoreReader) -> tuple[Rule, ...]:
    """Return the rules for what players did."""
    return (
        Rule(
            "innings",
            frozenset({FOLLOWED}),
            r"(?<![\w.,-])(?P<innings>\d{1,2})(?:(?:\.(?P<outs>[0-2]))?\s?IP(?!\w)"
            r"|(?<=\d)\.(?P<thirds>[0-2])(?P<said>(?=\s(?:[a-z]{1,12}\s)?innings\b)))",
            reader.read_innings,
        ),
        # The "H" of "3 H, 1 BB".
        Rule(
            "figure",
            frozenset(map(find_anchor, reader.figures)),
            rf"(?:(?<=[\s(,;:]1\s)(?P<one>)|(?<=\d\s))(?:{reader.letters})(?![\w&-]|['’.]\w)",
            reader.read_figure,
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
            lambda match: say(match, f"{reader.variety.say_number(match['times'])} times"),
        ),
        # Goals, assists and their sum: "13-12—25".
        Rule(
            "figure",
            frozenset({TIED}),
            rf"{SCORE_START_PATTERN}(?P<goals>\d{{1,3}})[-–](?P<assists>\d{{1,3}})[—–](?P<points>\d{{1,3}})(?![\w%-]|[.,]\d)",
            reader.read_points,
        ),
    )


def _make_game_rules(reader: _BoxScoreReader) -> tuple[Rule, ...]:
    """Return the rules for plays, and for how a game was decided."""
    plays = "|".join(reader.plays)
    return (
        # The "TD" of "a TD pass", the "td" of "a 1 yd td run".
        Rule(
            "play",
            frozenset(find_anchor(play + many) for play in reader.plays for many in ("", "s")),
            rf"(?<![\w&.-])(?:(?P<many>(?:{plays})['’]?[sS])(?![\w&])|(?:{plays})(?=\s(?:{_PLAYS_NEXT_PATTERN})\b))",
            reader.read_play,
        ),
        # The "SO" of "4-3 SO", the "OT" of "3-2 (OT)".
        Rule(
            "ending",
            frozenset(map(find_anchor, reader.endings)),
            rf"(?:(?<=\d[-–]\d\s)|(?<=[A-Za-z]\s\d\s\()|(?<=\d[-–]\d,\s)|(?<=\d[-–]\d\s\())(?:{'|'.join(reader.endings)})(?!\w)",
            lambda match: say(match, reader.endings[match.group()]),
        ),
    )
