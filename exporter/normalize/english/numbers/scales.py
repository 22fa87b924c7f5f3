"""Letters for thousands, millions and more after a number: 10k bricks, 1.6K, 2.3m followers, 40bn users."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, TIED, Parts, Rule
from exporter.normalize.english.english_grammar import (
    DASH_PATTERN,
    NUMBER_PATTERN,
    SCALE_WORDS,
    SIGN_PATTERN,
    Variety,
    find_word_before,
    has_context,
    strip_grouping,
)
from exporter.normalize.english.measures.units import LARGE_UNIT_PATTERN
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

# No unit may follow: "1.5m km" is a measure.
_NO_UNIT_NEXT_PATTERN = rf"(?!{LARGE_UNIT_PATTERN}(?!\smiles))"
# Words that are not part of a noun phrase.
_OTHER_WORDS_PATTERN = "|".join(
    map(
        re.escape,
        (*load_table("en", "grammar")["function"].split(), *load_table("en", "units")["events"]["words"].split()),
    )
)
_ADJECTIVES_PATTERN = rf"(?:\s(?!(?:{_OTHER_WORDS_PATTERN})\b)[A-Za-z-]{{2,30}}){{0,2}}"
_PLURAL_NOUN_PATTERN = rf"\s(?!(?:{_OTHER_WORDS_PATTERN})\b)[A-Za-z-]{{2,30}}s\b"
# What is counted follows in the plural; "a 10K race" and "a 5 m pole" are not counts.
_COUNTED_NEXT_PATTERN = (
    rf"{_NO_UNIT_NEXT_PATTERN}(?=\s(?:{'|'.join(load_table('en', 'scales')['counted'].split())})\b"
    # "7.6m current and 65.4m former customers"
    rf"|(?<=m){_ADJECTIVES_PATTERN}(?:\s(?:and|or|to)\s\d[\d.,]{{0,9}}m{_ADJECTIVES_PATTERN})?{_PLURAL_NOUN_PATTERN}"
    r"|\s(?:sq\s|[A-Z]\S{0,30}\s|[a-z]{1,30}-[a-z]{1,30}\s)?(?!(?:was|is|has|does|its|his|this|as|us|plus|versus|vs)\b)[A-Za-z][\w-]{0,40}s\b"
    r"|-(?!(?:long|high|wide|deep|tall|thick|plus)\b)[a-z]{3,30})"
)
_NOTHING_COUNTED_PATTERN = (
    r"(?=[,;:.)—]|\s{0,8}\Z|\s(?:in|from|by|to|at|on|and|or|a|last|this|up|down|for|over|under|than|vs)\b)"
)
# Words before a race: "he ran a 10K".
_WORDS_BEFORE_RACES = frozenset("a an the his her my our your first annual ran run runs running race races".split())
# Words before "15B" that are never before a seat or a flat.
_WORDS_BEFORE_COUNTS = frozenset("at to by about around over nearly almost of from than some roughly".split())
# Words before a length: "threw 66.7m".
_WORDS_BEFORE_LENGTHS = frozenset(
    "threw thrown throws jumped jumps leapt leaped cleared clears hurled vaulted putting x ×".split()
)
# In a sentence with one of these "8.8m" is millions, not a length.
_MILLIONS_BEFORE = re.compile(
    rf"(?i:million|billion|\d(?:bn|mn|m|B)\b|\b(?:{'|'.join(load_table('en', 'scales')['millions'].split())})\b)"
    r"|[$£€]\d"
)
_SENTENCE_BREAK = re.compile(r"[a-z]{4}[.!?]\s+(?=[A-Z])")
_RACE_METERS = frozenset("50 60 100 110 200 400 800 1500 3000 5000".split())
_RACE_KILOMETERS = frozenset("1 1.5 2 3 4 5 6 8 10 12 15 16 20 21 25 30 42 50 100 160 200".split())
# After a length: "40m across", "30m in diameter", "6m at 2.1g/t".
_EXTENT_NEXT = re.compile(
    r"\s(?:across(?:[,.;)]|\s(?:and|at|with)\b|\Z)|(?:at|@) \d[\d.]{0,6}\s?(?:g/t|%|gpt|ppm)"
    r"|in (?:size|diameter|length|height|width|depth|altitude|circumference)\b)"
)
# After the company 3M.
_COMPANY_NEXT = re.compile(r"\s(?:Co\b|Company|and [A-Z]|said|says|shares?|stock|fell|rose|gained|lost|slid)|['’]s")
_NEXT_TWO_WORDS = re.compile(r"\s(?:[a-z]+\s)?([a-z]+)\b")
# Waves and walls are shorter, in meters, and counts in millions mostly larger; chosen by reading news, no measurement.
_MAX_LENGTH_METERS = 40
# Resolutions of screens.
_SCREEN_KINDS = frozenset(("2K", "4K", "5K", "6K", "8K", "10K"))


class _ScaleReader:
    """Reads numbers with a letter for their scale."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        self.parted, self.lengths = (
            frozenset(load_table("en", "scales")[name].split()) for name in ("parted", "lengths")
        )
        self.events = frozenset(load_table("en", "units")["events"]["words"].split())

    def is_length(self, match: re.Match[str]) -> bool:
        """Whether "1.2m" is a length, as any number with a comma is: nobody writes thousands of millions."""
        if "," in match["number"] or _EXTENT_NEXT.match(match.string, match.end()):
            return True
        if find_word_before(match.string, match.start()) in _WORDS_BEFORE_LENGTHS:
            return True
        words = _NEXT_TWO_WORDS.match(match.string, match.end())
        if words and match["number"] in _RACE_METERS and words.group().split()[0] in self.events:
            return True
        long = words and not self.lengths.isdisjoint(words.group().split())
        return bool(long) and float(strip_grouping(match["number"])) < _MAX_LENGTH_METERS

    def read_scale(self, match: re.Match[str]) -> Parts | None:
        alone, previous = match["alone"] or match["large"], find_word_before(match.string, match.start())
        if alone and _is_name(match, previous):
            return None
        if (match["scale"] == "b" and previous in self.parted) or (match["scale"] == "m" and self.is_length(match)):
            return None
        if alone == "m" and (self.is_length(match) or not _is_likely_millions(match)):
            return None
        # "The 70B model", but "Llama 3.1 405B" and "Core Ultra 9 285K" are names.
        if previous[-1:].isdecimal() and (alone or (match["scale"] == "K" and len(previous) < len("2025"))):
            return None
        counted = has_context("models", match) or (previous in _WORDS_BEFORE_COUNTS and _is_likely_millions(match))
        if alone == "B" and not counted:
            return None
        scale = SCALE_WORDS[match["scale"] or alone]
        parts = (
            Word(self.variety.say_number(match["sign"] + match["number"]), match.start("sign"), match.end("number")),
            Word(f"{scale} plus" if match["plus"] or match["more"] else scale, match.end("number"), match.end()),
        )
        if not match["first"]:
            return parts
        return (Word(f"{self.variety.say_number(match['first'])} to", match.start(), match.start("sign")), *parts)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for scales written as letters."""
    reader = _ScaleReader(variety)
    number = (
        rf"(?<![\w.,])(?<![A-Za-z]\d-)(?<![A-Z]-)(?:(?P<first>{NUMBER_PATTERN}){DASH_PATTERN})?"
        rf"(?P<sign>{SIGN_PATTERN})(?P<number>{NUMBER_PATTERN})"
    )
    signs = frozenset("-−+±~≈<>≤≥")
    figures, tied = signs | {FOLLOWED}, signs | {TIED}
    return (
        # "80bn"
        Rule(
            "scale",
            figures,
            rf"(?=[^A-Za-z]{{1,60}}+(?:[bm]l?n|tn|BN|TN|Cr)){number}\s?(?P<scale>[bm]l?n|tn|BN|TN|Cr)(?P<alone>)(?P<large>)(?P<more>)(?P<plus>\+)?(?!\w){_NO_UNIT_NEXT_PATTERN}",
            reader.read_scale,
        ),
        # "a 9.3-tril. deficit", "1.2 bil. people"
        Rule(
            "scale",
            figures,
            rf"(?=[^A-Za-z]{{1,60}}+(?:thou|mil|bil|tril)\.){number}[\s-](?P<scale>(?:thou|mil|bil|tril)\.)(?P<alone>)(?P<large>)(?P<more>)(?P<plus>)(?=[\s-](?!(?:gal|sq|cu|mi|km|lbs?|ft|bbl|bu|kWh|MWh?|oz|cal)\b))",
            reader.read_scale,
        ),
        # "1.2m followers", "20M"
        Rule(
            "scale",
            tied,
            rf"{number}(?:(?P<scale>[kKmMbBT])(?P<plus>\+)?(?!\w){_COUNTED_NEXT_PATTERN}"
            rf"|(?P<alone>(?:[kKMm](?!\w|\sin\s\d{{1,2}}[:.]){_NOTHING_COUNTED_PATTERN}|(?<!\b401)(?<!\b403)k(?=\s[a-z]))){_NO_UNIT_NEXT_PATTERN}"
            rf"|(?P<large>[KMB])(?P<more>\+)?(?!\w){_NO_UNIT_NEXT_PATTERN}(?=\s(?:[a-z(]|(?!FY\d)[A-Z]{{1,9}}\d|[A-Z]{{3,5}}\b)|[,;.)—]))",
            reader.read_scale,
        ),
    )


def _is_likely_millions(match: re.Match[str]) -> bool:
    """Whether what is counted in the sentence is counted by the million: "sales of 8.8m"."""
    sentence = _SENTENCE_BREAK.split(match.string[max(0, match.start() - 100) : match.start()])[-1]
    counted = find_word_before(match.string, match.start()) == "pop." or bool(_MILLIONS_BEFORE.search(sentence))
    return "," not in match["number"] and match["number"] not in _RACE_METERS and counted


def _is_name(match: re.Match[str], previous: str) -> bool:
    """Whether a number and letter without a counted noun name a race, a screen or a company."""
    written = match.group()
    company = written == "3M" and _COMPANY_NEXT.match(match.string, match.end())
    race = previous in _WORDS_BEFORE_RACES and match["large"] != "B" and match["number"] in _RACE_KILOMETERS
    screen = written.upper() in _SCREEN_KINDS and (written[-1] == "K" or has_context("screens", match, 30))
    return race or screen or bool(company)
