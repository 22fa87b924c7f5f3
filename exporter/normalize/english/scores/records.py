"""Records of wins, losses and draws ("eleven and six"), as opposed to results and spans."""

from __future__ import annotations

import re

from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.english.english_grammar import SCORE_END_PATTERN, SCORE_START_PATTERN, Variety, has_context
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

# Words before a record: "improved to 12-4", "Ohio State (9-1, 6-1 Big Ten)", "the 5-11 Panthers".
_RECORD_BEFORE = re.compile(
    r"(?:improv(?:ed?|es|ing)|dropp(?:ed|ing)|drops?|lift(?:ed|s))\s(?:them|it|him|her)\sto\s\Z"
    r"|(?:improv(?:ed?|es|ing)|fell|falls?|falling|dropp(?:ed|ing)|drops?|slipp(?:ed|ing)|mov(?:ed|ing))\sto\s\Z|[a-zA-Z]\s\(\Z|\brecord\sof\s\Z|\b[Tt]he\s\Z"
    r"|\(\d{1,2}[-–]\d{1,2},\s\Z|[A-Z][a-z]+,\s\Z|\b(?:overall|season|year)\sand\s\Z|\b(?:perfect|flawless|unbeaten|undefeated|winless)\s\Z|\bto\s\d{1,2}[-–]\d{1,2}\s\(\Z"
    r"|(?<!odds\s)\b(?:[Aa]re|is|were|was|went|go|going|finished|sit|sits|started|opened)\s(?:now\s)?\Z"
)
# "A win over France (29-28)" is a result.
_RESULT_BEFORE = re.compile(
    r"\b(?:over|beat|beats|beating|against|defeat\w*|past|downed|edged|lost to|loss(?:es)? to)\s[^.;]{2,60}\s\(\Z"
)
# "(9-1, 6-1 Big Ten)" and "(6-2, 3.14)": the games of the league, the runs a pitcher allows, a boxer's knockouts.
_SEASON_NEXT = re.compile(r",\s\d{1,2}(?:[-–]\d{1,2}\s[A-Z]|\.\d\d\)|\sKOs?\))")
# "Clemson (8-1, 6-1)": of the games of a season those of the league are a part.
_PART_RECORD_NEXT = re.compile(r",\s(\d{1,2})[-–](\d{1,2})(?:\)|,?\s[A-Z])")
# "beat the Nets (15-31) 121-99": the result comes after the record.
_RESULT_NEXT = re.compile(r"\),?\s\d{1,3}[-–]\d")
# "Roe (6-2) pitched": what a team or a pitcher does.
_DEED_NEXT = re.compile(
    r"\)\s(?:will|won|lost|fell|gave|threw|took|got|went|led|struck|hosts?|travels?|visits?|[a-z]{2,12}ed)\b"
)
_TEAM_BEFORE = re.compile(r"\b[Tt]he\s(?:[A-Z]\w+\s)?[A-Z]\w+s\s\(\Z")
_RECORD_AFTER_COMMA = re.compile(
    r"\d\d[–-][0-3](?:\s(?:with|and)\b|,)"
    r"|\d{1,3}[–-]\d{1,3}\s(?:in the (?:regular )?season|this season|last season|at home|on the road|overall)\b"
)
_OVERALL_RECORD_BEFORE = re.compile(r"\(\d{1,2}[-–]\d{1,2},\s\Z|\bto\s\d{1,2}[-–]\d{1,2}\s\(\Z")
_TEAM_NEXT = re.compile(rf"\s(?:[A-Z]\w+\s)?(?:[A-Z][a-z]+s|{'|'.join(load_table('en', 'ranges')['teams'].split())})\b")
# "They are 8-9." or "are 8-9 at home", but "are 35-60 minutes late".
_VERB_BEFORE = re.compile(r"\b(?:are|is|were|was|went|go|finished|sit|sits|started|opened)\s(?:now\s)?\Z")
_STANDING_NEXT = re.compile(
    r"[.,;:)]|\s*\Z|\s(?:at|on|in|this|last|since|against|vs|with|after|when|under|through|and|over|for|all|overall|straight)\b"
)
# Behind the few games of a pitcher or of a team that has not won: "is 3-1 with a 2.05 ERA", "is 0-5 in finals".
_PITCHER_NEXT = re.compile(r",?\s(?:with|despite|and|on)\san?\s(?:[a-z]+\s)?\d{1,2}\.\d\d\s(?:ERA|earned)\b")
_WINLESS_NEXT = re.compile(
    r"\s(?:in|against|vs|versus|when|since|on\sthe\sroad|at\shome|lifetime|all-time|this|to\sstart|without)\b"
)
# "They are 4-0 in the league", "since going 4-0 in 2016", but "they are 2-0 up".
_TEAM_VERB_BEFORE = re.compile(r"\b(?:[Aa]re|going|go|started|opened)\s\Z")
_TEAM_STANDING_NEXT = re.compile(r"[.;)]|\s*\Z|\s(?:in|against|this|since|when|on\sthe\sroad|all-time|lifetime)\b")
# "The score is now 17-11".
_SCORE_BEFORE = re.compile(r"\b(?:score|scoreline|lead|tally|[Ii]t)\s(?:is|was)\s(?:now\s)?\Z")
_SWEPT_BEFORE = re.compile(r"\b(?:perfect|flawless|unbeaten|undefeated|winless)\s\Z")
# Strokes of a round of golf, which three records of a season do not have.
_GOLF_ROUNDS = range(60, 86)
# Verbs before goals and points of Gaelic games.
_PLAYED_BEFORE = re.compile(
    r"\b(?i:beat|won|win|wins|winning|victory|los(?:t|e|ing)|defeat\w*|over|past|drew|led|lead\w*|trail\w*|ahead|behind)\b"
)
# Of fewer games a record looks like the result of one game; chosen by reading news, no measurement.
_MIN_SEASON_GAMES = 10


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for records."""

    def read_record(match: re.Match[str]) -> Parts | None:
        before = match.string[max(0, match.start() - 20) : match.start()]
        if not match["record"] and (not _RECORD_BEFORE.search(before) or _is_result_or_span(match, before)):
            return None
        return (
            Word(say_games(match["first"]), *match.span("first")),
            Word(f"and {say_games(match['second'])}", match.end("first"), match.end("second")),
        )

    def say_games(written: str) -> str:
        """Return the words of a number of games; 0 is "oh"."""
        return "oh" if written == "0" else variety.say_number(written)

    def read_three(match: re.Match[str]) -> Parts:
        """Read won, lost and drawn, or the rounds of a golfer: "67-68-66"."""
        first, second, third = (variety.say_number(match[name]) for name in ("first", "second", "third"))
        if all(int(figures) in _GOLF_ROUNDS for figures in match.group("first", "second", "third")):
            return say(match, f"{first}, {second}, {third}")
        return say(match, f"{first}, {second} and {third}")

    def read_gaelic(match: re.Match[str]) -> Parts | None:
        """Read goals and points: "won 1-26 to 0-19", "Ross 2-14 Down 1-16"."""
        played = _PLAYED_BEFORE.search(match.string, max(0, match.start() - 60), match.start())
        if match["between"] == "to" and not played:
            return None
        return (
            Word(say_goals(match["first"]), *match.span("first")),
            Word(match["between"], *match.span("between")),
            Word(say_goals(match["second"]), *match.span("second")),
        )

    def say_goals(written: str) -> str:
        nought = "nought" if variety.british else "zero"
        return " ".join(
            variety.say_number(figures.lstrip("0")) if figures.strip("0") else nought
            for figures in re.split("[-–]", written)
        )

    tied = frozenset({TIED})
    two = r"(?P<first>\d{1,3})[-–](?P<second>\d{1,3})"
    return (
        # "won 1-19 to 0-17"
        Rule(
            "goals and points",
            tied,
            rf"{SCORE_START_PATTERN}(?P<first>\d[-–]\d{{1,2}})\s(?P<between>to)\s(?P<second>\d[-–]\d{{1,2}}){SCORE_END_PATTERN}",
            read_gaelic,
        ),
        # "Ross 2-14 Down 1-16": goals are few, points are many.
        Rule(
            "goals and points",
            tied,
            rf"(?<=[a-z]\s)(?=\d[-–](?:\d\d|\d,?\s[^\d]{{2,43}}\d[-–]\d\d))(?P<first>\d[-–]\d{{1,2}}),?\s"
            rf"(?P<between>[A-Z][\w'’]{{1,20}}(?:\s[A-Z][\w'’]{{1,20}})?)\s(?P<second>\d[-–]\d{{1,2}}){SCORE_END_PATTERN}",
            read_gaelic,
        ),
        # "6-3-1"
        Rule("record", tied, rf"{SCORE_START_PATTERN}{two}[-–](?P<third>\d{{1,3}}){SCORE_END_PATTERN}", read_three),
        # "the 5-11 Panthers", "moved to 41-38"
        Rule(
            "record",
            tied,
            rf"{SCORE_START_PATTERN}{two}{SCORE_END_PATTERN}(?P<record>\s(?:(?:(?:career|lifetime|series|home|road|league|conference|season|all-time)\s)?record|since(?=\s[A-Z])|mark|overall|ATS|against\sthe\sspread|straight\sup)\b)?",
            read_record,
        ),
    )


def _is_record_in_brackets(match: re.Match[str]) -> bool:
    """Whether brackets behind a team or a player hold its record and not the result of a game."""
    text, start, end = match.string, match.start(), match.end()
    games = int(match["first"]) + int(match["second"])
    part = _PART_RECORD_NEXT.match(text, end)
    if _SEASON_NEXT.match(text, end) or (part and int(part[1]) + int(part[2]) <= games):
        return True
    if games >= _MIN_SEASON_GAMES and _RESULT_NEXT.match(text, end):
        return True
    named = (
        _DEED_NEXT.match(text, end)
        or _TEAM_BEFORE.search(text, max(0, start - 40), start)
        or has_context("american sports", match)
    )
    return bool(named) and not _is_result_in_brackets(match)


def _is_result_in_brackets(match: re.Match[str]) -> bool:
    return bool(_RESULT_BEFORE.search(match.string, max(0, match.start() - 70), match.start()))


def _is_result_or_span(match: re.Match[str], before: str) -> bool:
    """Whether what looks like a record is a result or a span, by the words before and after it."""
    text, start, end = match.string, match.start(), match.end()
    verb = _VERB_BEFORE.search(before)
    if _SCORE_BEFORE.search(before):
        return True
    if _TEAM_VERB_BEFORE.search(before) and _TEAM_STANDING_NEXT.match(text, end):
        return False
    if before.endswith("(") and _is_record_in_brackets(match):
        return False
    if (
        _PITCHER_NEXT.match(text, end)
        or _SWEPT_BEFORE.search(before)
        or (match["first"] == "0" and (verb or before.endswith((" and ", " to "))) and _WINLESS_NEXT.match(text, end))
    ):
        return False
    few = int(match["first"]) + int(match["second"]) < _MIN_SEASON_GAMES
    return bool(
        (few and not before.endswith((" to ", " of ")) and not _OVERALL_RECORD_BEFORE.search(before))
        or (before.endswith("(") and _is_result_in_brackets(match))
        or (before.lower().endswith("the ") and not _TEAM_NEXT.match(text, end))
        or (
            before.endswith(", ")
            and not _OVERALL_RECORD_BEFORE.search(before)
            and not _RECORD_AFTER_COMMA.match(text, start)
        )
        or (verb and not _STANDING_NEXT.match(text, end))
        or (before.endswith("went ") and has_context("decider", match))
        or (before.endswith((" is ", " was ", " now ")) and not has_context("season", match))
    )
