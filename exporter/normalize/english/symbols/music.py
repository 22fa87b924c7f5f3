"""Music: accidentals after the name of a note (C♯ minor, Eb clarinet), and metres (6/8 time, a waltz in 3/4)."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, CODE, LETTER, MIXED, TIED, Parts, Rule
from exporter.normalize.english.english_grammar import Variety, find_word_before, has_context
from exporter.script import Word

_ACCIDENTALS = {"♯": "sharp", "#": "sharp", "♭": "flat", "b": "flat", "♮": "natural"}
_QUALITIES = {"m": "minor", "maj": "major", "dim": "diminished", "sus": "suspended", "aug": "augmented", "": ""}
_METER_NEXT = re.compile(
    r"(?:,?\s(?:and|or|to)\s1?\d/(?:2|4|8|16))?[\s-](?:time\b|met(?:er|re)s?\b|signature|rhythms?\b|groove|beats?\b|bars?\b|passages?\b|waltz|march\b|tempo)"
)
# After a fraction that is no metre: "3/4 inch", "3/4 of".
_FRACTION_NEXT_PATTERN = r"[\s-](?:of|inch|cup|mile|teaspoon|tablespoon|pound|ounce|acre)"
_KEY_PATTERN = r"(?=[\s-](?:minor|major|flat|sharp|trumpet|clarinet|horn|saxophone|tuba|cornet|piccolo)\b)"


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for notes and metres."""

    def read_note(match: re.Match[str]) -> Parts:
        quality = _QUALITIES[match["quality"] or ""]
        number = variety.say_number(match["number"]) if match["number"] else ""
        said = (match["note"], _ACCIDENTALS[match["accidental"]] if match["accidental"] else "", quality, number)
        return (Word(" ".join(filter(None, said)), *match.span()),)

    def read_meter(match: re.Match[str]) -> Parts | None:
        """Read "6/8": before a word for it, or after "in" in a text on music."""
        named = _METER_NEXT.match(match.string, match.end())
        if not named and not (
            find_word_before(match.string, match.start()) in ("in", "is", "from", "to", "between")
            and has_context("music", match)
        ):
            return None
        beats, unit = (variety.say_number(match[name]) for name in ("beats", "unit"))
        return (Word(beats, *match.span("beats")), Word(unit, match.end("beats"), match.end()))

    return (
        # "C♯ minor", "G#m7", "Bb trumpet"
        Rule(
            "note",
            frozenset({LETTER, CODE, "bb", "eb", "ab", "db", "gb"}),
            rf"(?<![\w.])(?P<note>[A-G])(?P<accidental>[♯♭♮]|#(?![a-z]{{3}})|#(?=(?:dim|sus|aug|maj)\d?(?!\w))|b{_KEY_PATTERN}|b(?=(?:m|maj|dim|sus|aug)?1?\d(?!\w)))"
            r"(?:(?P<quality>maj|m|dim|sus|aug)?(?P<number>1?\d)?)(?!\w)",
            read_note,
        ),
        # A chord without an accidental: "Am7", "Gsus4", "Cmaj7".
        Rule(
            "note",
            frozenset({CODE, LETTER, CAPITALS, MIXED}),
            r"(?<![\w.])(?P<note>[A-G])(?P<accidental>)(?P<quality>maj|m|dim|sus|aug)(?P<number>1?\d)(?!\w)",
            read_note,
        ),
        # "12/8 time"
        Rule(
            "meter",
            frozenset({TIED}),
            rf"(?<![\w/.,-])(?P<beats>1?\d)/(?P<unit>2|4|8|16)(?![\w/%]|[.,]\d|{_FRACTION_NEXT_PATTERN})",
            read_meter,
        ),
    )
