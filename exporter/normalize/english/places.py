"""Places: states after a town or a party, streets and saints, house numbers, ZIP codes, directions."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, Parts, Rule, say
from exporter.normalize import NUMBER as FIGURES
from exporter.normalize.english import numerals
from exporter.normalize.english.grammar import Variety, before, stop
from exporter.normalize.tables import table
from exporter.script import Word

_NAME = r"[A-ZÀ-Þ][\w'’]{1,20}"
_STREET_WORD = (
    r"(?:St|Ave|Av|Blvd|Rd|Dr|Ln|Ct|Pl|Sq|Ter|Terr|Cir|Pkwy|Hwy|Fwy|Expy|Way|Street|Avenue|Boulevard|Road|Drive|Lane|"
    r"Court|Place|Square|Terrace|Circle|Parkway|Highway|Freeway|Expressway|Broadway|st|ave|rd|hwy|blvd)"
)
# A quarter of a town behind its street: "2nd St. SW".
_QUARTER = re.compile(r"\s[NS]?[EW]\b|\s[NS]\b")
_OFFICE = re.compile(r"\b(?:Gov|Sens?|Reps?|MP|MSP|Governor|Senator|Representative|Congress\w*|Mayor)\b")
_TOWN = re.compile(r"[A-ZÀ-Þ][\w'’.-]*[,)]\s\Z")
_BEFORE_NAME = re.compile(r"[\s-]+[\"“‘']?[A-ZÀ-Þ]")
_STREET_NAME = re.compile(r"(?:(?:[A-ZÀ-Þ][\w'’.-]*|\d{1,3}(?:st|nd|rd|th))\s|['’]s\s)\Z")


class _Reader:
    """How places are said."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        self.lists, self.places = table("en", "abbreviations"), table("en", "places")
        self.streets, self.states, self.postal = self.lists["streets"], self.lists["places"], self.places["postal"]
        self.colleges = frozenset(self.places["colleges"].split())
        self.parties, self.directions = self.places["parties"], self.places["directions"]
        self.state = "|".join(map(re.escape, sorted(self.states, key=len, reverse=True)))

    def read_saint_or_street(self, match: re.Match[str]) -> Parts | None:
        """Read "St." and "Dr." by what stands on either side."""
        text, written = match.string, match["word"]
        if written == "St" and before(text, match.start()) in self.colleges and not _address(match):
            return (Word("State", match.start(), stop(text, match.end())),)
        saint = _BEFORE_NAME.match(text, match.end())
        named = _STREET_NAME.search(text[max(0, match.start() - 24) : match.start()])
        if written.lower() == "dr":
            if not named or saint or not match["dot"]:
                return None
            return (Word("Drive", match.start(), stop(text, match.end())),)
        end = stop(text, match.end())
        if named and _QUARTER.match(text, match.end()):
            return (Word("Street", match.start(), end),)
        if named and not (saint and before(text, match.start()) in _LEADING):
            if saint and not _address(match):
                return say(match, "Saint")
            return (Word("Street", match.start(), end),)
        return say(match, "Saint") if saint or written != "st" else None

    def read_street(self, match: re.Match[str]) -> Parts | None:
        text = match.string
        if not _STREET_NAME.search(text[max(0, match.start() - 24) : match.start()]):
            return None
        written = match.group() if match.group().endswith(".") else f"{match.group()}."
        said = self.streets.get(written) or self.streets.get(written.capitalize())
        return (Word(said, match.start(), stop(text, match.end())),) if said else None

    def read_state(self, match: re.Match[str]) -> Parts | None:
        if not _TOWN.search(match.string[max(0, match.start() - 30) : match.start()]):
            return None
        return (Word(self.states[match["state"]], match.start("state"), stop(match.string, match.end("state"))),)

    def read_clear_state(self, match: re.Match[str]) -> Parts:
        return (Word(self.states[match["state"]], match.start(), stop(match.string, match.end())),)

    def read_postal(self, match: re.Match[str]) -> Parts | None:
        said = self.postal.get(match["state"])
        if said is None or not _TOWN.search(match.string[max(0, match.start() - 30) : match.start()]):
            return None
        state = Word(said, *match.span("state"))
        return (state, Word(numerals.digits(match["zip"]), *match.span("zip"))) if match["zip"] else (state,)

    def read_party(self, match: re.Match[str]) -> Parts | None:
        where = match["where"]
        said = self.states.get(where) or self.states.get(f"{where}.") or self.postal.get(where) or where
        return (
            Word(self.parties[match["party"]], *match.span("party")),
            Word(f"of {said}", match.end("party"), match.end()),
        )

    def read_county(self, match: re.Match[str]) -> Parts | None:
        known = self.variety.british and before(match.string, match.start()) in _LEADING
        return say(match, "County") if known else None

    def read_lone_party(self, match: re.Match[str]) -> Parts | None:
        """Read "(D)" behind the name of someone in office."""
        near = match.string[max(0, match.start() - 50) : match.start()]
        return say(match, self.parties[match.group().rstrip(".")]) if _OFFICE.search(near) else None

    def read_house(self, match: re.Match[str]) -> Parts:
        return say(match, f"{numerals.pairs(int(match['number']))} {match['letter'] or ''}".strip())

    def read_zip(self, match: re.Match[str]) -> Parts:
        return say(match, numerals.digits(match.group()))

    def read_direction(self, match: re.Match[str]) -> Parts:
        return say(match, self.directions[match.group().replace(".", "")])


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for places."""
    reader = _Reader(variety)
    party, town = "|".join(reader.parties), r"[A-ZÀ-Þ][a-zà-þ][\w'’]{0,20}"
    number = frozenset({FIGURES})
    numbered = r"\d{1,3}(?:st|nd|rd|th)"
    house = rf"(?=\s(?:[NSEW]{{1,2}}\.?\s)?(?:(?:{_NAME}|{numbered})\s){{1,4}}{_STREET_WORD}\b)"
    return (
        Rule(
            "party",
            frozenset(word.lower() for word in reader.parties),
            rf"(?<=[(,\s])(?P<party>{party})[-–](?P<where>(?:{reader.state})|{town}(?:\s{town})?|[A-Z]{{2}})(?!\w)",
            reader.read_party,
        ),
        Rule(
            "party",
            frozenset(word.lower() for word in reader.parties),
            rf"(?<=\()(?:{party})\.?(?=\))",
            reader.read_lone_party,
        ),
        Rule(
            "state",
            frozenset(re.split(r"[.\s]", word)[0].lower() for word in reader.states),
            rf"(?<=[^\W\d_][,)]\s)(?P<state>{reader.state})(?!\w)",
            reader.read_state,
        ),
        Rule(
            "state",
            frozenset(word.lower() for word in reader.postal),
            r"(?<=[^\W\d_],\s)(?P<state>[A-Z]{2})(?:,?\s(?P<zip>\d{5})(?:-\d{4})?)?(?![\w&-])",
            reader.read_postal,
        ),
        Rule("county", frozenset({"co"}), r"(?<!\w)Co\.?(?=\s[A-Z])", reader.read_county),
        Rule("ZIP code", number, r"(?<=\b[A-Z]{2},\s)\d{5}(?![\w,-]|\.\d)", reader.read_zip),
        Rule(
            "saint or street",
            frozenset({"st", "dr"}),
            r"(?<![\w.'’-])(?P<word>[Ss]t|Dr)(?P<dot>\.)?(?!\w)",
            reader.read_saint_or_street,
        ),
        Rule(
            "street",
            frozenset(word.rstrip(".").lower() for word in reader.streets),
            r"(?<![\w.'’-])(?:Sts?|Aves?|Av|Blvds?|Rds?|Ln|Ct|Pl|Sq|Terr?|Cir|Pkwy|Hwy|Fwy|Expy|Tpke|Cres|Gdns|Plz|hwy|ave|rd|blvd)\b\.?",
            reader.read_street,
        ),
        Rule("address", number, rf"(?<![\w.,/$£€#-])(?P<number>\d{{1,5}})(?P<letter>[A-D])?{house}", reader.read_house),
        Rule("street", frozenset({"ave"}), r"(?<![\w.])Ave\.?(?=\sof\sthe\s)", lambda match: say(match, "Avenue")),
        Rule(
            "direction",
            frozenset({LETTER}),
            rf"(?<![\w.])[NSEW]\.?(?=\s(?:\d{{1,3}}(?:st|nd|rd|th)|{_NAME}(?:\s{_NAME})?)\s(?:St|Ave|Rd|Blvd|Street|Avenue)\b)",
            reader.read_direction,
        ),
        Rule(
            "direction",
            frozenset({LETTER}),
            rf"(?<![\w.])[NSEW]\.(?=\s(?:{'|'.join(reader.places['regions'].split())})\b)",
            reader.read_direction,
        ),
        Rule(
            "state",
            frozenset(re.split(r"[.]", word)[0].lower() for word in reader.places["clear"].split()),
            rf"(?<![\w.'’-])(?P<state>{'|'.join(map(re.escape, reader.places['clear'].split()))})(?![\w:])",
            reader.read_clear_state,
        ),
        Rule(
            "direction",
            frozenset({LETTER, CAPITALS}),
            rf"(?<=\d\s)[NSEW]{{1,2}}\.?(?=\s(?:{_NAME}|\d{{1,3}}(?:st|nd|rd|th))\s{_STREET_WORD}\b)",
            reader.read_direction,
        ),
    )


# Before "St. Patrick Street", say, "Street" is a street and "St." a saint.
_LEADING = frozenset("on at in the of to from near by".split())


def _address(match: re.Match[str]) -> bool:
    """Whether a house number stands before the street: "123 Main St. Springfield"."""
    return bool(re.search(r"\d\s(?:[A-Z][\w.]*\s){1,3}\Z", match.string[max(0, match.start() - 40) : match.start()]))
