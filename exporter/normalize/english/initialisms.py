"""Initialisms and acronyms: which capital letters are spelled, and which are said as a word."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, MIXED, Parts, Rule, say
from exporter.normalize.english.english_grammar import Variety, after, before, sayable, spell, stop
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_FACULTIES = frozenset(("Phil", "Ed", "Mus", "Litt", "Tech", "Eng", "Arch", "Div", "Psych"))
_VOWELS = frozenset("AEIOUY")
_TICKERS = frozenset(("nasdaq:", "nyse:", "lse:", "tsx:", "asx:", "ticker", "symbol", "(nasdaq:", "(nyse:"))
# A line of names in capitals: "BY RAF CASERT".
_BYLINE = re.compile(r"BY [^a-z]+\Z|[^a-z]{5,60}\b(?:ASSOCIATED PRESS|REUTERS|STAFF WRITER|CORRESPONDENT)\b[^a-z]*\Z")
# "LA CROSSE, Wis. (AP)".
_PARTICLES = frozenset(("LA", "EL", "LE", "AL", "DA", "SAN", "LAS", "LOS", "ST"))
_PLACE = re.compile(r" [A-Z]{3,}(?:,| \(|$)")
_NEIGHBOUR = re.compile(r"[A-Z]{2,}")


class _InitialismReader:
    """How capital letters are said."""

    def __init__(self) -> None:
        lists = load_table("en", "initialisms")
        self.words, self.spelled, self.shouted, self.ordinary = (
            frozenset(lists[name].split()) for name in ("words", "spelled", "shouted", "ordinary")
        )

    def read(self, match: re.Match[str]) -> Parts | None:
        letters, ending = match["letters"], match["ending"] or ""
        if letters in self.words or letters + ending in self.words or letters.strip("IVX") == "":
            return None
        if _BYLINE.match(match.string):
            return None
        if letters in _PARTICLES and _PLACE.match(match.string, match.end()):
            return say(match, letters.capitalize())
        if letters not in self.spelled and (letters in self.ordinary or _vowel(letters)):
            return None
        if letters in self.shouted and self.shouting(match):
            return None
        return say(match, spell(letters, ending))

    def read_unknown(self, match: re.Match[str]) -> Parts | None:
        """Read letters that no list knows: as a word if English could have it, else spelled."""
        letters, ending = match["letters"], match["ending"] or ""
        if _BYLINE.match(match.string):
            return None
        if not _vowel(letters) or letters.strip("IVX") == "" or letters + ending in self.words:
            return None
        if letters in self.words or letters in self.spelled or letters in self.ordinary:
            return None
        if (
            (len(letters) > 3 or sayable(letters))
            and self.shouting(match)
            and before(match.string, match.start()) not in _TICKERS
        ):
            return None
        if before(match.string, match.start()) in _TICKERS:
            return say(match, spell(letters, ending))
        return say(match, match.group() if len(letters) > 3 and sayable(letters) else spell(letters, ending))

    def shouting(self, match: re.Match[str]) -> bool:
        """Whether the words around are in capitals too, and no initialisms: a heading, or someone shouting."""
        around = after(match.string, match.end()), _before(match.string, match.start())
        return any(
            word not in self.words and word not in self.spelled and _NEIGHBOUR.fullmatch(word) for word in around
        )

    def read_dotted(self, match: re.Match[str]) -> Parts:
        letters = match["letters"].replace(".", "").replace(" ", "")
        end = stop(match.string, match.end("letters"))
        if match["ending"]:
            return say(match, spell(letters.upper(), match["ending"]))
        return (Word(spell(letters.upper()), match.start(), end),)

    def read_joined(self, match: re.Match[str]) -> Parts:
        joint = " " if match["joint"] == "/" else " and "
        return say(match, f"{spell(match['first'])}{joint}{spell(match['last'], match['ending'] or '')}")

    def read_degree(self, match: re.Match[str]) -> Parts:
        *letters, last = re.findall(r"[A-Za-z]+", match.group())
        spoken = [*(spell(each.upper()) for each in letters), last if last in _FACULTIES else spell(last.upper())]
        return (Word(" ".join(spoken), match.start(), stop(match.string, match.end())),)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for initialisms."""
    del variety  # letters are the same everywhere
    reader = _InitialismReader()
    capitals = r"(?<![\w.])(?P<letters>[A-Z]{2,8})(?P<ending>['’]?s)?(?![\w]|\.[A-Z])(?!['’]\w)"
    return (
        Rule(
            "initialism",
            frozenset({CAPITALS, LETTER}),
            r"(?<![\w.])(?P<first>[A-Z]{1,3})(?P<joint>\s?&\s?|/)(?P<last>[A-Z]{1,3})(?P<ending>['’]s)?(?!\w)",
            reader.read_joined,
        ),
        Rule(
            "degree",
            frozenset({"ph", "psy", "ed", "b", "m", "d", "ll"}),
            r"(?<![\w.])(?:Ph\.?\s?D|Psy\.?D|Ed\.D|LL\.[BM]|[BMD]\.(?:Sc|Phil|Ed|Mus|Litt|Tech|Eng|Arch|Div|Psych))(?![\w])\.?",
            reader.read_degree,
        ),
        Rule(
            "initialism",
            frozenset({LETTER}),
            r"(?<![\w.])(?P<letters>[A-Z](?:\.[A-Z]){1,8}(?!\w)\.?)(?P<ending>['’]?s(?!\w))?",
            reader.read_dotted,
        ),
        Rule(
            "initialism",
            frozenset("aprf"),
            r"(?<![\w.])(?P<letters>(?:a\.d|p\.s|r\.i\.p|f\.y\.i)\.)(?P<ending>)",
            reader.read_dotted,
        ),
        Rule(
            "ticker",
            frozenset({CAPITALS}),
            r"(?<=\()(?P<letters>[A-Z]{2,5})\.(?P<market>[A-Z]{1,2})(?=\))",
            lambda match: say(match, f"{spell(match['letters'])} dot {spell(match['market'])}"),
        ),
        Rule("initialism", frozenset({CAPITALS, MIXED}), capitals, reader.read),
        Rule("acronym", frozenset({CAPITALS, MIXED}), capitals, reader.read_unknown, doubtful=True),
    )


def _vowel(letters: str) -> bool:
    return not _VOWELS.isdisjoint(letters)


def _before(text: str, start: int) -> str:
    found = re.search(r"([^\W\d_]+)[\s:,-]+\Z", text[max(0, start - 24) : start])
    return found.group(1) if found else ""
