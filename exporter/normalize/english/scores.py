"""Results in sport: sets won ("six three"), records of wins and losses ("eleven and six"), countdowns."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, TIED, Parts, Rule, say
from exporter.normalize.english import numerals
from exporter.normalize.english.grammar import Variety, near
from exporter.script import Word

_DASH = r"[-–]"
_SET = rf"[0-7]{_DASH}[0-7](?!\d)"
# Words before a record of wins and losses: "improved to 12-4", "a 12-4 record".
_RECORD = re.compile(
    r"(?:improved|improves|fell|falls|dropped|drops|slipped|moved)\sto\s\Z|[a-z]\s\(\Z|\brecord\sof\s\Z|\b[Tt]he\s\Z|\(\d{1,2}[-–]\d{1,2},\s\Z|[A-Z][a-z]+,\s\Z|\bto\s\d{1,2}[-–]\d{1,2}\s\(\Z"
    r"|(?<!odds\s)\b(?:are|is|went|go)\s\Z"
)
_INNER = re.compile(r"\bto\s\d{1,2}[-–]\d{1,2}\s\(\Z")
# "A win over France (29-28)".
_RESULT = re.compile(r"\b(?:over|beat|beats|beating|against|defeat\w*|past|downed|edged|lost to|loss(?:es)? to)\s[^.;]{2,60}\s\(\Z")
# "Ruiz, 21-0 with 10 knockouts,".
_UNBEATEN = re.compile(r"\d\d[–-][0-3](?:\s(?:with|and)\b|,)|\d{1,3}[–-]\d{1,3}\s(?:in the (?:regular )?season|this season|last season|at home|on the road|overall)\b")
_CHAINED = re.compile(r"\(\d{1,2}[-–]\d{1,2},\s\Z")
# "The 5-11 Panthers".
_TEAM = re.compile(r"\s[A-Z][a-z]+s\b")
# "They are 8-9." or "are 8-9 at home", but "are 35-60 minutes late".
_VERB = re.compile(r"\b(?:are|is|went|go)\s\Z")
_STANDS = re.compile(r"[.,;:)]|\s*\Z|\s(?:at|on|in|this|since|against|vs|with|after|when|under|through|and|over|for|all|overall|straight)\b")
_SEASON = re.compile(r"\b(?:season|record|coach|team|wins?|games?|road|home|conference|standings|league|starts?|playoffs?)\b")
# Before a set that goes on: one that was won.
_SETS = re.compile(r"[67][–-]\d|\d[–-][67]")
_FEWEST_GAMES = 10


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for results."""

    def read_set(match: re.Match[str]) -> Parts | None:
        if match["first"] < "6" and match["second"] < "6" and not _SETS.search(match.string, max(0, match.start() - 40), match.start()):
            return None
        return (
            Word(variety.number(match["first"]), *match.span("first")),
            Word(variety.number(match["second"]), match.end("first"), match.end()),
        )

    def read_record(match: re.Match[str]) -> Parts | None:
        before = match.string[max(0, match.start() - 20) : match.start()]
        if not match["record"] and not _RECORD.search(before):
            return None
        if before.endswith("(") and _RESULT.search(match.string, max(0, match.start() - 70), match.start()):
            return None
        if before.lower().endswith("the ") and not _TEAM.match(match.string, match.end()):
            return None
        if _VERB.search(before) and not _STANDS.match(match.string, match.end()):
            return None
        if before.endswith("is ") and not near(_SEASON, match):
            return None
        if (
            not before.endswith((" to ", " of "))
            and not _INNER.search(before)
            and not match["record"]
            and int(match["first"]) + int(match["second"]) < _FEWEST_GAMES
        ):
            return None
        chained = match["record"] or _CHAINED.search(before) or _UNBEATEN.match(match.string, match.start())
        if before.endswith(", ") and not chained:
            return None
        return (
            Word(games(match["first"]), *match.span("first")),
            Word(f"and {games(match['second'])}", match.end("first"), match.end("second")),
        )

    def games(written: str) -> str:
        """Say how many were won or lost: none is "oh"."""
        return "oh" if written == "0" else variety.number(written)

    def read_three(match: re.Match[str]) -> Parts:
        """Read won, lost and drawn."""
        first, second, third = (variety.number(match[name]) for name in ("first", "second", "third"))
        return say(match, f"{first}, {second} and {third}")

    def read_docket(match: re.Match[str]) -> Parts:
        """Read the number of a case: "No. 22-451"."""
        first, second = (numerals.designation(match[name]) for name in ("first", "second"))
        return say(match, f"{first} {second}")

    def read_countdown(match: re.Match[str]) -> Parts:
        return say(match, ", ".join(map(variety.number, re.split(r"\D", match.group()))))

    tied = frozenset({TIED})
    edge = r"(?<![\w.,/:$£€#–-])"
    two = rf"(?P<first>\d{{1,3}}){_DASH}(?P<second>\d{{1,3}})"
    alone = r"(?![\w%:/–-]|[.,]\d)"
    return (
        Rule("tries", frozenset({TIED, FOLLOWED}), r"(?<![\w.,-])0(?=-for-\d|\sfor\s\d{1,2}(?!\w|[.,]\d))", lambda match: say(match, "oh")),
        Rule("docket", tied, r"(?<=\bNo\.\s)(?P<first>\d\d)-(?P<second>\d{2,5})(?![\w-])", read_docket),
        Rule("places", tied, r"(?:(?<=['’]s\s)1-2|(?<![\w.,/-])1-2(?:-3)?(?=\sfinish))(?![\w-]|[.,]\d)", read_countdown),
        Rule("countdown", tied, rf"{edge}(?:10-9-8|5-4-3-2-1|3-2-1){alone}", read_countdown),
        Rule("record", tied, rf"{edge}{two}{_DASH}(?P<third>\d{{1,3}}){alone}", read_three),
        Rule(
            "set",
            tied,
            rf"{edge}(?=[0-7]\D){two}{alone}(?=\s\(\d{{1,2}}(?:{_DASH}\d{{1,2}})?\)|,\s(?:and\s)?{_SET})",
            read_set,
        ),
        Rule("set", tied, rf"(?:(?<=[0-7][–-][0-7],\s)|(?<=\),\s))(?=[0-7]\D){two}{alone}", read_set),
        Rule("set", tied, rf"(?<=[0-7][–-][0-7]\s\(){two}(?=\))", read_set),
        Rule("record", tied, rf"{edge}{two}{alone}(?P<record>\srecord)?", read_record),
    )
