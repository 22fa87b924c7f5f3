"""Streets and saints: "St." and "Dr." by the words on both sides, house numbers, directions."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, NUMBER, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, find_abbreviation_end, find_word_before
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_CAPITALISED_PATTERN = r"[A-ZÀ-Þ][\w'’]{1,20}"
_STREET_WORD_PATTERN = (
    r"(?:St|Ave|Av|Blvd|Rd|Dr|Ln|Ct|Pl|Sq|Ter|Terr|Cir|Pkwy|Hwy|Fwy|Expy|Way|Street|Avenue|Boulevard|Road|Drive|Lane|"
    r"Court|Place|Square|Terrace|Circle|Parkway|Highway|Freeway|Expressway|Broadway|st|ave|rd|hwy|blvd)"
)
# The quarter after a street: "2nd St. SW".
_QUARTER_NEXT = re.compile(r"\s[NS]?[EW]\b|\s[NS]\b")
_SAINT_NAME_NEXT = re.compile(r"(?:[\s-]+|(?<=\.))[\"“‘']?[A-ZÀ-Þ]")
_STREET_NAME_BEFORE = re.compile(r"(?:(?:[A-ZÀ-Þ][\w'’.-]*|\d{1,3}(?:st|nd|rd|th))\s|['’]s\s)\Z")
# The number of a house, not of a seed: "123 Main St.", as opposed to "No. 2 Ohio St.".
_HOUSE_BEFORE = re.compile(r"(?<!\bNo\.\s)(?<!\bNo\.\s\d)\d\s(?:[A-Z][\w.]*\s){1,3}\Z")
# Words before a saint: "at St. Patrick Street".
_WORDS_BEFORE_SAINTS = frozenset("on at in the of to from near by".split())


class _StreetReader:
    """Reads streets and saints."""

    def __init__(self) -> None:
        places = load_table("en", "places")
        self.streets: dict[str, str] = load_table("en", "abbreviations")["streets"]
        # "St." and "Dr." have a rule of their own.
        self.street_words = [word.rstrip(".") for word in self.streets if word not in ("St.", "Dr.")]
        self.directions: dict[str, str] = places["directions"]
        self.saints = frozenset(places["saints"].split())
        self.colleges = frozenset(places["colleges"].split())

    def read_saint_or_street(self, match: re.Match[str]) -> Parts | None:
        """Read "St." and "Dr." by the words on both sides."""
        text, written = match.string, match["word"]
        if written == "St" and find_word_before(text, match.start()) in self.colleges and not _is_address(match):
            return (Word("State", match.start(), find_abbreviation_end(text, match.end())),)
        saint = _SAINT_NAME_NEXT.match(text, match.end())
        named = _STREET_NAME_BEFORE.search(text[max(0, match.start() - 24) : match.start()])
        if written.lower() == "dr":
            if not named or saint or not match["dot"]:
                return None
            return (Word(self.streets["Dr."], match.start(), find_abbreviation_end(text, match.end())),)
        end = find_abbreviation_end(text, match.end())
        if named and text.startswith("-", match.end()):
            return (Word(self.streets["St."], match.start(), end),)
        if named and _QUARTER_NEXT.match(text, match.end()):
            return (Word(self.streets["St."], match.start(), end),)
        if named and not (saint and find_word_before(text, match.start()) in _WORDS_BEFORE_SAINTS):
            if saint and not _is_address(match) and written != "st":
                return say(match, "Saint")
            return (Word(self.streets["St."], match.start(), end),)
        return say(match, "Saint") if saint or written != "st" else None

    def read_saint(self, match: re.Match[str]) -> Parts | None:
        return say(match, "Saint") if match["name"] in self.saints else None

    def read_street(self, match: re.Match[str]) -> Parts | None:
        text = match.string
        if not _STREET_NAME_BEFORE.search(text[max(0, match.start() - 24) : match.start()]):
            return None
        written = match.group() if match.group().endswith(".") else f"{match.group()}."
        said = self.streets.get(written) or self.streets.get(written.capitalize())
        return (Word(said, match.start(), find_abbreviation_end(text, match.end())),) if said else None

    def read_house(self, match: re.Match[str]) -> Parts:
        said = [
            _say_house(match["number"]),
            english_numerals.say_two_digits(int(match["part"])) if match["part"] else "",
            match["letter"],
        ]
        return say(match, " ".join(filter(None, said)))

    def read_direction(self, match: re.Match[str]) -> Parts:
        return say(match, self.directions[match.group().replace(".", "")])


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for streets."""
    del variety  # the same in all varieties
    reader = _StreetReader()
    numbered = r"\d{1,3}(?:st|nd|rd|th)"
    house = (
        rf"(?=\s(?:(?:[NS]\.?)?[NSEW]\.?\s)?(?:(?:{_CAPITALISED_PATTERN}|{numbered})\s){{1,4}}{_STREET_WORD_PATTERN}\b)"
    )
    return (
        # "Ohio St.", "N. Main St.", "St. Louis"
        Rule(
            "saint or street",
            frozenset({"st", "dr"}),
            r"(?<![\w.'’-])(?P<word>[Ss]t|Dr)(?P<dot>\.)?(?![a-z\d_]|(?<!\.)\w)",
            reader.read_saint_or_street,
        ),
        # "ST. PETERSBURG"
        Rule(
            "saint or street",
            frozenset({"st"}),
            r"(?<![\w.])ST\.?(?=\s(?P<name>[A-Z]{4,12})(?![^\W_]))",
            reader.read_saint,
        ),
        # "the 5th Cir.", "the 2d Cir."
        Rule(
            "court",
            frozenset({"cir"}),
            r"(?:(?<=\d(?:st|nd|rd|th)\s)|(?<=\b[23]d\s))Cir\.",
            lambda match: say(match, "Circuit"),
        ),
        # "WALL ST.", "MAIN ST."
        Rule(
            "street",
            frozenset({"st"}),
            r"(?:(?<=\b(?:WALL|MAIN|HIGH)\s)|(?<=\d(?:ST|ND|RD|TH)\s))ST\.",
            lambda match: (Word("STREET", match.start(), find_abbreviation_end(match.string, match.end())),),
        ),
        # "Park Ave.", "Queens Blvd."
        Rule(
            "street",
            frozenset(word.rstrip(".").lower() for word in reader.streets),
            rf"(?<![\w.'’-])(?:{'|'.join(reader.street_words)}|hwy|ave|rd|blvd)\b\.?",
            reader.read_street,
        ),
        # "the 3600 block"
        Rule(
            "address",
            frozenset({NUMBER}),
            r"(?<![\w.,/$£€#-])(?P<number>\d{3,4})(?P<part>)(?P<letter>)(?=\sblocks?\b)",
            reader.read_house,
        ),
        # "740 Park Ave."
        Rule(
            "address",
            frozenset({NUMBER}),
            rf"(?<![\w.,/$£€#-])(?P<number>\d{{1,5}})(?:-(?P<part>\d\d))?(?P<letter>[A-D])?{house}",
            reader.read_house,
        ),
        # "Ave. of the Americas"
        Rule(
            "street",
            frozenset({"ave"}),
            r"(?<![\w.])Ave\.?(?:(?=\sof\sthe\s|\s[A-Z](?!\w))|(?<=\d\sAve\.)(?=\s[A-Z]))",
            lambda match: say(match, "Avenue"),
        ),
        *_make_street_direction_rules(reader),
    )


def _make_street_direction_rules(reader: _StreetReader) -> tuple[Rule, ...]:
    """Return the rules for directions before the names of streets."""
    return (
        # "E. 59th St."
        Rule(
            "direction",
            frozenset({LETTER}),
            rf"(?<![\w.])[NSEW]\.?(?=\s(?:\d{{1,3}}(?:st|nd|rd|th)|{_CAPITALISED_PATTERN}(?:\s{_CAPITALISED_PATTERN})?)\s(?:St|Ave|Rd|Blvd|Street|Avenue)\b)",
            reader.read_direction,
        ),
        # "SW 23rd St.", "corner of NW 5th"
        Rule(
            "direction",
            frozenset({LETTER, CAPITALS}),
            rf"(?<![\w.])[NS]\.?[EW]\.?(?=\s(?:\d{{1,3}}(?:st|nd|rd|th)\b|(?:{_CAPITALISED_PATTERN}\s){{1,2}}{_STREET_WORD_PATTERN}\b))",
            reader.read_direction,
        ),
        # "the 300 block of E. Elm"
        Rule("direction", frozenset({LETTER}), r"(?<=\bblock\sof\s)[NSEW]\.?(?=\s[A-Z])", reader.read_direction),
        # "55 W Elm Lane"
        Rule(
            "direction",
            frozenset({LETTER, CAPITALS}),
            rf"(?<=\d\s)[NSEW]\.?(?=\s(?:(?:{_CAPITALISED_PATTERN}\s){{1,3}}|\d{{1,3}}(?:st|nd|rd|th)\s){_STREET_WORD_PATTERN}\b)",
            reader.read_direction,
        ),
    )


def _say_house(number: str) -> str:
    """Say the number of a house: "twelve eleven", "ten two twenty-eight"."""
    if len(number) < 5 or number.endswith("000"):
        return english_numerals.say_pairs(int(number))
    return f"{english_numerals.say_pairs(int(number[:-3]))} {english_numerals.say_designation(number[-3:])}"


def _is_address(match: re.Match[str]) -> bool:
    """Whether a house number stands before the street: "123 Main St. Springfield"."""
    return bool(_HOUSE_BEFORE.search(match.string[max(0, match.start() - 40) : match.start()]))
