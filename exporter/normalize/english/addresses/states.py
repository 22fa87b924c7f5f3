"""States: after a town (Erie, Pa.), before a ZIP code, alone (the Ga. line); states of Australia and India."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import (
    Variety,
    find_abbreviation_end,
    find_word_before,
    has_context,
    join_longest_first,
    spell_letters,
)
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_WORDS_BEFORE_STATES = frozenset(
    "in of from off near outside across throughout eastern western northern southern central upstate rural".split()
)
_BORDER_NEXT = re.compile(
    r"['’]s\b|\s(?:line|border)\b|\s(?:State|Tech|Post|Dept|Department|Gov|Legislature|Supreme|Highway|National|Army|Air|[A-Z]{3,4}\b|lawmakers?|officials?|voters?)\b|\sSt\.|\s\d{1,3}(?!\w|[.,:]\d)"
)
_NAME_BEFORE = re.compile(r"[A-Z][\w'’.-]*\s\Z")
# Before a publisher in a list of books a state is spelled: "Hoboken, NJ: Wiley".
_PUBLISHER_NEXT = re.compile(r":\s[A-Z]")
_TOWN_BEFORE = re.compile(r"[A-ZÀ-Þ][\w'’.-]*\s\(\Z|[A-ZÀ-Þ][\w'’.-]*[,)]\s(?:(?<=\.,\s)and\s)?\Z")
# In a list of initialisms "MS" is not a state: "ALS, MS and COPD".
# After a person, or before another degree, "MD" is a degree: "Dr. Ng, MD, PhD", "Mr. Orr, SC".
_PERSON_BEFORE = re.compile(r"\b(?:Drs?|Mrs?|Ms|Miss|Sir|Prof|Rev)\.?\s[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,2},\s\Z")
_DEGREE_NEXT = re.compile(r",\s(?:PhD|Ph\.D|MPH|MBA|MSc|FACS|RN|JD|DO|MHS)\b")
# After "MD" that is a degree, what its holder is or does: "Al Roe, MD, as chief".
_POST_NEXT = re.compile(
    r",\s(?:as|who|said|says|has|an?|the|chief|chair\w*|director|president|professor|medical|assistant|associate)\b"
)
# A state with dots before its ZIP code: "Washington, D.C. 20500".
_DOTTED_STATE_BEFORE = re.compile(r"[a-z],\s((?:[A-Z][a-z]*\.){1,2})\s\Z")
# Not read as states in capitals: "THANK YOU, MISS."
_ALSO_WORDS = frozenset(("Miss.", "Me.", "Man.", "Ill.", "Wash."))
# The jurisdiction of an act: "Bail Act 1985 (SA)".
_ACT_BEFORE = re.compile(r"\bAct\s(?:\d{4}\s)?\(\Z")
_INITIALISM_BEFORE = re.compile(r"(?<!\w)(?:[A-Z]{2,3}|[B-DF-HJ-NP-TV-XZ]{4,5})[,)]\s\Z")


class _StateReader:
    """Reads states and ZIP codes."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        self.lists, self.places = load_table("en", "abbreviations"), load_table("en", "places")
        self.states, self.postal = self.lists["places"], self.places["postal"]
        self.shouted_states = {word.upper(): said for word, said in self.states.items() if word not in _ALSO_WORDS}
        self.australia = self.places["australia"]
        self.australian = self.australia | self.places["australia_in_context"]
        self.unsure = frozenset(self.places["unsure"].split())
        self.state = join_longest_first(self.states)

    def read_state(self, match: re.Match[str]) -> Parts | None:
        if not _TOWN_BEFORE.search(match.string[max(0, match.start() - 30) : match.start()]):
            return None
        return (
            Word(
                self.states[match["state"]],
                match.start("state"),
                find_abbreviation_end(match.string, match.end("state")),
            ),
        )

    def read_shouted_state(self, match: re.Match[str]) -> Parts:
        return (
            Word(self.shouted_states[match.group()], match.start(), find_abbreviation_end(match.string, match.end())),
        )

    def read_clear_state(self, match: re.Match[str]) -> Parts:
        return (Word(self.states[match["state"]], match.start(), find_abbreviation_end(match.string, match.end())),)

    def read_australian_state(self, match: re.Match[str]) -> Parts | None:
        """Read "NSW", and "WA" near words of Australia; a postcode digit by digit."""
        written = match["state"]
        # After "Seattle, " only a word of Australia right before decides.
        reach = 25 if match.string[max(0, match.start() - 2) : match.start()] == ", " else 60
        if (
            written not in self.australia
            and not _ACT_BEFORE.search(match.string[max(0, match.start() - 10) : match.start()])
            and not has_context("australia", match, reach)
        ):
            return None
        end = match.end("ending") if match["ending"] else find_abbreviation_end(match.string, match.end("state"))
        state = Word(self.australian[written] + (match["ending"] or ""), match.start(), end)
        if not match["zip"]:
            return (state,)
        return (state, Word(english_numerals.say_digits(match["zip"]), *match.span("zip")))

    def read_postal(self, match: re.Match[str]) -> Parts | None:
        code = match["state"].rstrip(".").upper()
        said = self.postal.get(code)
        place = match.string[max(0, match.start() - 30) : match.start()]
        if _PERSON_BEFORE.search(match.string[max(0, match.start() - 40) : match.start()]):
            return None
        if code == "MD" and _POST_NEXT.match(match.string, match.end()):
            return None
        if (
            said is None
            or _DEGREE_NEXT.match(match.string, match.end())
            or not _TOWN_BEFORE.search(place)
            or _INITIALISM_BEFORE.search(place)
        ):
            return None
        if _PUBLISHER_NEXT.match(match.string, match.end()):
            said = spell_letters(code)
        state = Word(said, *match.span("state"))
        return (state, Word(_say_zip(match["zip"]), *match.span("zip"))) if match["zip"] else (state,)

    def read_postal_in_address(self, match: re.Match[str]) -> Parts | None:
        """Read a state before its ZIP code, after a town without a comma."""
        said = self.postal.get(match["state"])
        if said is None or not _NAME_BEFORE.search(match.string[max(0, match.start() - 24) : match.start()]):
            return None
        return (Word(said, *match.span("state")), Word(_say_zip(match["zip"]), *match.span("zip")))

    def read_distant_state(self, match: re.Match[str]) -> Parts | None:
        """Read a state without a town: "born in Pa.", "the Ga. line"."""
        certain = find_word_before(match.string, match.start()) in _WORDS_BEFORE_STATES or _BORDER_NEXT.match(
            match.string, match.end()
        )
        return self.read_clear_state(match) if certain else None

    def read_zip(self, match: re.Match[str]) -> Parts:
        return say(match, _say_zip(match.group()))

    def read_zip_after_dots(self, match: re.Match[str]) -> Parts | None:
        found = _DOTTED_STATE_BEFORE.search(match.string[max(0, match.start() - 20) : match.start()])
        return self.read_zip(match) if found and (found[1] in self.states or found[1] == "D.C.") else None

    def read_indian_state(self, match: re.Match[str]) -> Parts:
        """Read the code of an Indian state before a PIN code: "Pune, MH 411001"."""
        return (
            Word(self.places["india"][match["state"]], *match.span("state")),
            Word(english_numerals.say_digits(match["pin"]), *match.span("pin")),
        )


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for states and ZIP codes."""
    reader = _StateReader(variety)
    return (*_make_town_state_rules(reader), *_make_postal_rules(reader), *_make_distant_state_rules(reader))


def _make_town_state_rules(reader: _StateReader) -> tuple[Rule, ...]:
    """Return the rules for states after a town, as newspapers abbreviate them."""
    shouted = "|".join(re.escape(word) for word in reader.shouted_states if word.endswith("."))
    return (
        # "Fort Worth, Tex."
        Rule(
            "state",
            frozenset(re.split(r"[.\s]", word)[0].lower() for word in reader.states),
            r"(?:(?<=[^\W\d_][,)]\s)|(?<=\.,\s)|(?<=\.,\sand\s)|(?<=[^\W\d_]\s\()(?=[\w. ]{2,8}\)))"
            rf"(?P<state>{reader.state})(?!\w)",
            reader.read_state,
        ),
        # "DENVER, COLO."
        Rule(
            "state",
            frozenset(re.split(r"[.\s]", word)[0].lower() for word in reader.states),
            rf"(?<=[A-Z]{{2}},\s)(?:{shouted})(?!\w)",
            reader.read_shouted_state,
        ),
        # "Dubbo, NSW 2830"
        Rule(
            "state",
            frozenset(word.rstrip(".").lower() + ending for word in reader.australian for ending in ("", "'s", "’s")),
            rf"(?<![\w.&-])(?P<state>{join_longest_first(reader.australian)})(?P<ending>['’]s)?"
            r"(?:,?\s(?P<zip>\d{4})(?![\w-]|[.,]\d))?(?![\w&-])",
            reader.read_australian_state,
        ),
    )


def _make_postal_rules(reader: _StateReader) -> tuple[Rule, ...]:
    """Return the rules for postal codes: of states, and the figures behind them."""
    return (
        # "Washington, DC 20500"
        Rule(
            "state",
            frozenset(word.lower() for word in reader.postal),
            r"(?<=[^\W\d_],\s)(?P<state>[A-Z]{2}(?:\.(?=[,;]|\s[a-z]))?)(?:,?\s(?P<zip>\d{5}(?:-\d{4})?))?(?![\w&-])",
            reader.read_postal,
        ),
        # "Tampa, Fl,"
        Rule(
            "state",
            frozenset("fl tx ca az ga il ky ks nc nj nv ny pa sc tn va wv".split()),
            r"(?<=[a-z],\s)(?P<state>[A-Z][a-z])(?P<zip>)(?=[.,;)]|\s?\Z|\s[a-z])",
            reader.read_postal,
        ),
        # "Kansas City MO 64111"
        Rule(
            "state",
            frozenset(word.lower() for word in reader.postal),
            r"(?<=[a-z]\s)(?P<state>[A-Z]{2})\s(?P<zip>\d{5}(?:-\d{4})?)(?![\w-]|[.,]\d)",
            reader.read_postal_in_address,
        ),
        # "Pune, MH 411001"
        Rule(
            "state",
            frozenset(word.lower() for word in reader.places["india"]),
            rf"(?<=[^\W\d_],\s)(?P<state>{'|'.join(reader.places['india'])})(?:,?\s|\s?[-–]\s?)(?P<pin>\d{{3}}\s?\d{{3}})(?!\w)",
            reader.read_indian_state,
        ),
        # The ZIP code of "PR, 00901".
        Rule(
            "ZIP code", frozenset({NUMBER}), r"(?:(?<=\b[A-Z]{2},\s)|(?<=\bNYC\s))\d{5}(?![\w,-]|\.\d)", reader.read_zip
        ),
        # The ZIP code of "Washington, D.C. 20500".
        Rule(
            "ZIP code",
            frozenset({NUMBER}),
            r"(?<=\.\s)\d{5}(?:-\d{4})?(?![\w-]|[.,]\d)",
            reader.read_zip_after_dots,
        ),
    )


def _make_distant_state_rules(reader: _StateReader) -> tuple[Rule, ...]:
    """Return the rules for states without a town."""
    dotted = [word for word in reader.states if word.endswith(".") and word not in reader.unsure]
    return (
        # "the Univ. of Mich."
        Rule(
            "state",
            frozenset(re.split(r"[.]", word)[0].lower() for word in reader.places["clear"].split()),
            # "Wis. 5:9" is the Book of Wisdom.
            rf"(?<![\w.'’-])(?P<state>{'|'.join(map(re.escape, reader.places['clear'].split()))})"
            r"(?![\w:]|\s\d{1,3}:\d)",
            reader.read_clear_state,
        ),
        # "the Ind. line"
        Rule(
            "state",
            frozenset(re.split(r"[.\s]", word)[0].lower() for word in dotted),
            rf"(?<![\w.'’-])(?P<state>{'|'.join(map(re.escape, dotted))})(?!\w)",
            reader.read_distant_state,
        ),
    )


def _say_zip(written: str) -> str:
    return ", ".join(map(english_numerals.say_digits, written.split("-")))
