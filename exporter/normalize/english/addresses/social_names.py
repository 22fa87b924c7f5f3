"""Names on social networks: hashtags (#ClimateWeek), cashtags ($QXRT), handles (@newsdesk)."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.address_words import fold_digits, is_spelled, load_signs
from exporter.normalize.english.english_grammar import Variety, spell_letters
from exporter.normalize.toml_tables import load_table

_CAMEL_CASE_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_]+|_")
# Nouns before "#A-1147", which make it a number.
_NUMBERED_NOUN_BEFORE = re.compile(
    r"\b(?:lot|case|unit|model|serial|order|part|item|permit|invoice|ticket|file|badge|suite|apt\.?|room|docket|report|policy|bill|claim|exhibit)\s\Z",
    re.IGNORECASE,
)


class _TagReader:
    """Reads names on social networks."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        self.initialisms = frozenset(load_table("en", "initialisms")["spelled"].split())

    def read_cashtag(self, match: re.Match[str]) -> Parts:
        return say(match, spell_letters(match["name"]))

    def read_hashtag(self, match: re.Match[str]) -> Parts | None:
        if _NUMBERED_NOUN_BEFORE.search(match.string[max(0, match.start() - 10) : match.start()]):
            return None
        announced = match.string[max(0, match.start() - 9) : match.start()].lower().endswith(("hashtag ", "hashtags "))
        return say(
            match, self.say_camel_case(match["name"]) if announced else f"hashtag {self.say_camel_case(match['name'])}"
        )

    def read_handle(self, match: re.Match[str]) -> Parts:
        return say(match, f"at {self.say_camel_case(match['name'])}")

    def is_initialism(self, capitals: str) -> bool:
        return capitals in self.initialisms or is_spelled(capitals)

    def say_camel_case(self, name: str) -> str:
        said = []
        for hump in _CAMEL_CASE_PART.findall(fold_digits(name)):
            if hump == "_":
                said.append(load_signs()[hump])
            elif hump.isdecimal():
                said.append(
                    english_numerals.say_year(int(hump))
                    if len(hump) == 4 and hump[0] in "12"
                    else self.variety.say_number(hump)
                )
            elif hump.isupper() and 1 < len(hump) < 5 and self.is_initialism(hump):
                said.append(spell_letters(hump))
            else:
                said.append(hump)
        return " ".join(said)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for hashtags, cashtags and handles."""
    reader = _TagReader(variety)
    return (
        # "#ClimateWeek"
        Rule(
            "hashtag",
            frozenset({"#"}),
            r"(?<![\w&])#(?P<name>(?!\d{1,40}[A-Z]?(?!\w))(?=\w{0,100}[^\W\d_])\w{1,100})",
            reader.read_hashtag,
        ),
        # "$QXRT": a stock.
        Rule(
            "cashtag",
            frozenset("$"),
            r"(?<![\w$])\$(?!(?:BN|MM|MN|TN|[KMBT])\b)(?P<name>[A-Z]{1,5})(?![\w$]|\s?\d)",
            reader.read_cashtag,
        ),
        # "@newsdesk"
        Rule("handle", frozenset({"@"}), r"(?<![\w.])@(?P<name>\w{1,50})", reader.read_handle),
    )
