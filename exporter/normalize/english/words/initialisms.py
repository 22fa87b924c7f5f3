"""Initialisms and acronyms: which capital letters are spelled, and which are said as a word."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, MIXED, Parts, Rule, say
from exporter.normalize.english.english_grammar import (
    MAX_INITIALISM_LETTERS,
    Variety,
    find_abbreviation_end,
    find_word_after,
    find_word_before,
    has_vowel,
    is_pronounceable,
    spell_letters,
)
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_DEGREE_SUBJECTS = frozenset(("Phil", "Ed", "Mus", "Min", "Com", "Litt", "Tech", "Eng", "Arch", "Div", "Psych"))
# Of these, the ones that are a word before "D.", too: "Ed.D.".
_SPOKEN_SUBJECTS = frozenset(("Ed", "Psy"))
_WORDS_BEFORE_TICKERS = frozenset(
    ("nasdaq:", "nyse:", "lse:", "tsx:", "asx:", "ticker", "symbol", "(nasdaq:", "(nyse:")
)
# In capitals a name follows, no initialism: "MRS JUSTICE ROE".
_TITLE_IN_CAPITALS_BEFORE = re.compile(r"\b(?:MRS?|MS|MISS|DR|SIR|DAME|LORD|LADY|PROF|REV|BRO|JUSTICE|JUDGE)\.?\s\Z")
# A byline in capitals: "BY RAF CASERT".
_BYLINE_IN_CAPITALS = re.compile(
    r"BY [^a-z]+\Z|[^a-z]{5,60}\b(?:ASSOCIATED PRESS|REUTERS|STAFF WRITER|CORRESPONDENT)\b[^a-z]*\Z"
)
# Particles of place names in datelines: "LA CROSSE, Wis. (AP)".
_NAME_PARTICLES = frozenset(("LA", "EL", "LE", "AL", "DA", "SAN", "LAS", "LOS", "ST"))
_PLACE_NAME_NEXT = re.compile(r" [A-Z]{3,}(?:,| \(|$)")
_CAPITALS_WORD = re.compile(r"[A-Z]{2,}")
_LOWER_CASE = re.compile(r"[a-zà-þ]")
# How far a headline in capitals is searched for small letters, and how many words that are no initialisms it needs.
_HEADLINE_REACH = 60
_MIN_HEADLINE_WORDS = 3
# In a headline in capitals "US" is a pronoun after these, and before the end; else it is the country.
_WORDS_BEFORE_PRONOUN = frozenset(
    "let tell give join help show trust leave contact about among between follow support like gives tells".split()
)
_PREPOSITIONS = frozenset("of for with to from by on at".split())


class _InitialismReader:
    """Reads words in capital letters."""

    def __init__(self) -> None:
        lists = load_table("en", "initialisms")
        self.words, self.spelled, self.shouted, self.ordinary = (
            frozenset(lists[name].split()) for name in ("words", "spelled", "shouted", "ordinary")
        )

    def read_listed(self, match: re.Match[str]) -> Parts | None:
        letters, ending = match["letters"], match["ending"] or ""
        if letters in self.words or letters + ending in self.words or letters.strip("IVX") == "":
            return None
        if _is_name_in_capitals(match):
            return None
        if ending[1:] == "S" and (letters in self.shouted or letters in self.ordinary):  # "IT'S"
            return None
        if letters in _NAME_PARTICLES and _PLACE_NAME_NEXT.match(match.string, match.end()):
            return say(match, letters.capitalize())
        if letters not in self.spelled and (letters in self.ordinary or has_vowel(letters)):
            return None
        is_word = letters in self.shouted or (letters == "US" and not _is_country(match))
        if is_word and self.is_shouting(match):
            return None
        return say(match, spell_letters(letters, ending))

    def read_unlisted(self, match: re.Match[str]) -> Parts | None:
        """Read letters that no list has: as a word if it can be pronounced, else spelled."""
        letters, ending = match["letters"], match["ending"] or ""
        if _is_name_in_capitals(match):
            return None
        if not has_vowel(letters) or letters.strip("IVX") == "" or letters + ending in self.words:
            return None
        if letters in self.words or letters in self.spelled or letters in self.ordinary:
            return None
        if len(letters) > MAX_INITIALISM_LETTERS and is_pronounceable(letters):  # a word, without a doubt
            return None
        if (
            (len(letters) > 3 or is_pronounceable(letters))
            and self.is_shouting(match)
            and find_word_before(match.string, match.start()) not in _WORDS_BEFORE_TICKERS
        ):
            return None
        if find_word_before(match.string, match.start()) in _WORDS_BEFORE_TICKERS:
            return say(match, spell_letters(letters, ending))
        return say(
            match, match.group() if len(letters) > 3 and is_pronounceable(letters) else spell_letters(letters, ending)
        )

    def is_shouting(self, match: re.Match[str]) -> bool:
        """Whether a neighbouring word is in capitals and not an initialism, or the whole line is in capitals."""
        around = find_word_after(match.string, match.end()), _find_cased_word_before(match.string, match.start())
        return any(_CAPITALS_WORD.fullmatch(word) and self.is_plain_word(word) for word in around) or self.is_headline(
            match
        )

    def is_plain_word(self, word: str) -> bool:
        return is_pronounceable(word) and word not in self.words and word not in self.spelled

    def is_headline(self, match: re.Match[str]) -> bool:
        """Whether the text around a word has no small letters, and words that are no initialisms."""
        around = match.string[max(0, match.start() - _HEADLINE_REACH) : match.end() + _HEADLINE_REACH]
        if _LOWER_CASE.search(around):
            return False
        plain = [word for word in _CAPITALS_WORD.findall(around) if self.is_plain_word(word)]
        return sum(len(word) > 3 or word in self.ordinary for word in plain) >= _MIN_HEADLINE_WORDS

    def read_dotted(self, match: re.Match[str]) -> Parts:
        letters = match["letters"].replace(".", "").replace(" ", "")
        end = find_abbreviation_end(match.string, match.end("letters"))
        if match["ending"]:
            return say(match, spell_letters(letters.upper(), match["ending"]))
        return (Word(spell_letters(letters.upper()), match.start(), end),)

    def read_joined(self, match: re.Match[str]) -> Parts:
        joint = " " if match["joint"] == "/" else " and "
        return say(
            match, f"{spell_letters(match['first'])}{joint}{spell_letters(match['last'], match['ending'] or '')}"
        )

    def read_degree(self, match: re.Match[str]) -> Parts:
        *letters, last = re.findall(r"[A-Za-z]+", match.group())
        spoken = [
            *(each if each in _SPOKEN_SUBJECTS else spell_letters(each.upper()) for each in letters),
            last if last in _DEGREE_SUBJECTS else spell_letters(last.upper()),
        ]
        return (Word(" ".join(spoken), match.start(), find_abbreviation_end(match.string, match.end())),)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for initialisms."""
    del variety  # the same in all varieties
    reader = _InitialismReader()
    return (*_make_marked_rules(reader), *_make_plain_rules(reader))


def _make_marked_rules(reader: _InitialismReader) -> tuple[Rule, ...]:
    """Return the rules for letters with signs or small letters among them, or in brackets."""
    return (
        # "AT&T", "CI/CD"
        Rule(
            "initialism",
            frozenset({CAPITALS, LETTER}),
            r"(?<![\w./-])(?P<first>[A-Z]{1,3})(?P<joint>\s?&\s?|/)(?P<last>[A-Z]{1,3})(?P<ending>['’]?s)?(?![\w/]|\.[A-Z])",
            reader.read_joined,
        ),
        # "Ph.D."
        Rule(
            "degree",
            frozenset({"ph", "phd", "psy", "ed", "b", "m", "d", "ll"}),
            r"(?<![\w.])(?:Ph\.?\s?D|Psy\.?D|Ed\.D|LL\.[BM]|[BMD]\.(?:Sc|Phil|Ed|Mus|Min|Com|Litt|Tech|Eng|Arch|Div|Psych))(?![\w])\.?",
            reader.read_degree,
        ),
        # "U.S.", "M.D."
        Rule(
            "initialism",
            frozenset({LETTER}),
            r"(?<![\w.])(?P<letters>[A-Z](?:\.[A-Z]){1,8}(?!\w)\.?)(?P<ending>['’]?s(?!\w))?",
            reader.read_dotted,
        ),
        # "a.d."
        Rule(
            "initialism",
            frozenset("aprf"),
            r"(?<![\w.])(?P<letters>(?:a\.d|a\.m|p\.m|p\.s|r\.i\.p|f\.y\.i)\.)(?P<ending>)",
            reader.read_dotted,
        ),
        # The call letters of a station: "TOLEDO, Ohio (WTOL) —", "KOIN-TV".
        Rule(
            "initialism",
            frozenset({CAPITALS}),
            r"(?:(?<=\()|(?<![\w.-]))(?P<letters>[KW][A-Z]{2,3})(?:-(?P<band>TV|FM|AM|DT)(?!\w)|(?=\)\s?[-–—_]))",
            lambda match: say(match, " ".join(spell_letters(each) for each in match.group().split("-"))),
        ),
        # A stock at its market: "(BA.N)".
        Rule(
            "ticker",
            frozenset({CAPITALS}),
            r"(?<=\()(?P<letters>[A-Z]{2,5})\.(?P<market>[A-Z]{1,2})(?=\))",
            lambda match: say(match, f"{spell_letters(match['letters'])} dot {spell_letters(match['market'])}"),
        ),
    )


def _make_plain_rules(reader: _InitialismReader) -> tuple[Rule, ...]:
    """Return the rules for words in capital letters."""
    capitals = (
        r"(?<![\w.])(?P<quote>(?<=['‘]))?(?P<letters>[A-Z]{2,8})"
        r"(?P<ending>(?(quote)(?!)|s['’](?=\s[a-z]))|['’]?s|['’]S)?(?![\w]|\.[A-Z])(?!['’]\w)"
    )
    return (
        # "UP" as a state of India, not the adverb
        Rule(
            "initialism",
            frozenset({CAPITALS}),
            r"(?<![\w.-])UP(?=\s(?:CM|Police|Congress|Assembly|BJP|[Gg]ov(?:t|ernment)|chief\sminister|minister|polls?)\b)",
            lambda match: say(match, "U-P"),
        ),
        # "MoJ", "DfE", "MoUs": the small words of a name are small letters.
        Rule(
            "initialism",
            frozenset({MIXED}),
            r"(?<![\w.-])(?P<letters>[A-Z][of][A-Z]{1,2})(?P<ending>['’]?s)?(?![\w'’-])",
            lambda match: say(match, spell_letters(match["letters"].upper(), match["ending"] or "")),
        ),
        # "NSA", "HDMI": listed, or without a vowel.
        Rule("initialism", frozenset({CAPITALS, MIXED}), capitals, reader.read_listed),
        # "DFLers", "an NFLer"
        Rule(
            "initialism",
            frozenset({MIXED}),
            r"(?<![\w.])(?P<letters>[B-DF-HJ-NP-TV-XZ]{2,4})(?P<ending>ers?)(?!\w)",
            lambda match: say(match, f"{spell_letters(match['letters'])}-{match['ending']}"),
        ),
        # "WFP-DRC": the hyphen between two of them is silent.
        Rule("initialism", frozenset("-"), r"(?<=[A-Z]{2})-(?=[A-Z]{2,8}(?!\w))", lambda match: say(match, " ")),
        # "PFOA": letters that no list has.
        Rule("acronym", frozenset({CAPITALS, MIXED}), capitals, reader.read_unlisted, doubtful=True),
    )


def _is_country(match: re.Match[str]) -> bool:
    """Whether the "US" of a headline in capitals is the country: "US SAYS NO", not "TELL US"."""
    before = find_word_before(match.string, match.start())
    followed = find_word_after(match.string, match.end()).isupper()
    return before not in _WORDS_BEFORE_PRONOUN and (followed or before not in _PREPOSITIONS)


def _is_name_in_capitals(match: re.Match[str]) -> bool:
    """Whether a word stands in a byline, or after a title, in capitals: "BY RAF CASERT", "MRS JUSTICE ROE"."""
    text, start = match.string, match.start()
    return bool(_BYLINE_IN_CAPITALS.match(text) or _TITLE_IN_CAPITALS_BEFORE.search(text[max(0, start - 9) : start]))


def _find_cased_word_before(text: str, start: int) -> str:
    found = re.search(r"([^\W\d_]+)[\s:,-]+\Z", text[max(0, start - 9) : start])
    return found.group(1) if found else ""
