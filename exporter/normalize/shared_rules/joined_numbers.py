"""Numbers joined by a cross or a slash: 4x4, 3x a day, 30x20 cm, 15/20, season 2019/20, law 7/2021, house 12/B."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.languages.language import NUMBER, Language
from exporter.normalize.shared_rules.shared_codes import CODE_EDGE, say_figures
from exporter.normalize.shared_rules.shared_fractions import is_set
from exporter.script import Word

_YEAR_DIGITS = 4
_MAX_RATED_DIGITS = 3  # of what stands over another number: 15/20, a blood pressure of 120/80
_NOUN_BEHIND = re.compile(r"\s[^\W\d_]{4}")
_ROUNDED_TO = 50  # "1500/1700 m" is a range, "1907/2006" a law

# "Ley 30/92", "legge n. 449/97"
_LAW_BEFORE = re.compile(r"([^\W\d_]+)\s(?:n\.|nº|n\.º|núm\.)?\s?\Z")
_NUMBER_BEFORE = re.compile(r"\b(?:[Nn]r?\.|[Nn]º|[Nn]°|n\.º|[Nn][úu]m\.|no\.)\s?\Z")
_MAX_LAW_CHARS = 24
_RELAY = re.compile(r"[34]\s?[x×]\s?(?:50|[1-8]00|1500)\s?m(?:et\w+)?\b")  # "4x400 m"


class _JoinedNumberReader:
    """Reads joined numbers in one language."""

    def __init__(self, language: Language) -> None:
        self._language, self._words = language, language.words
        self._lasting = re.compile(rf"\s{language.find_pattern('duration')}")
        self._file_number = re.compile(language.find_pattern("file_number"))
        self._laws = language.word_set("identifiers.laws")

    def read_often(self, match: re.Match[str]) -> Parts:
        often = self._words["often"]
        said = self._language.say_cardinal(int(match["number"]), self._language.nouns.agree_with(often))
        return (Word(said, *match.span("number")), Word(often, *match.span("sign")))

    def read_times(self, match: re.Match[str]) -> Parts:
        return say(match, self._say_times(match.string, match.start() - len("4 ")))

    def read_pair(self, match: re.Match[str]) -> Parts | None:
        first, last, unit = match["first"], match["last"], match["unit"]
        if match["minus"] and not unit:
            return None
        seasonal = match["joint"] == "/" and is_season(first, last)
        joint = self._words["times"] if match["joint"] != "/" else "" if seasonal else self._say_slash(match)
        minus = f"{self._words['minus']} " if match["minus"] else ""
        said, said_last = (
            self._language.say_year(int(figures))
            if seasonal and len(figures) == _YEAR_DIGITS
            else say_figures(self._language, figures)
            for figures in (first, last)
        )
        return (
            Word(minus + said, match.start(), match.end("first")),
            Word(joint, match.end("first"), match.start("last")),
            Word(said_last, *match.span("last")),
            *((Word(self._language.say_unit(unit, single=False), *match.span("unit")),) if unit else ()),
        )

    def read_measures(self, match: re.Match[str]) -> Parts:
        """Read two values with decimals of one unit: "83,7/93,4 kWh"."""
        first, last = (self._language.say_number(match[name]) for name in ("first", "last"))
        return say(match, f"{first}, {last} {self._language.say_unit(match['unit'], single=False)}")

    def read_door(self, match: re.Match[str]) -> Parts:
        """Read the number of a house with its letter: "12/B"."""
        said = say_figures(self._language, match["number"])
        return (Word(said, *match.span("number")), Word(match["letter"], match.end("number"), match.end()))

    def read_sizes(self, match: re.Match[str]) -> Parts:
        """Read numbers joined by crosses and the unit of them all: "30x20x15 cm", "4x100 m"."""
        at = match.start()
        times = self._say_times(match.string, at)
        parts: list[Word] = []
        for found in re.finditer(NUMBER, match["numbers"]):
            said = self._language.say_number(found.group())
            joint = f"{times} " if parts else ""
            parts.append(Word(joint + said, at + found.start(), at + found.end()))
        unit = Word(self._language.say_unit(match["unit"], single=False), match.start("unit"), match.end())
        return (*parts, unit)

    def _say_times(self, text: str, at: int) -> str:
        """Return the word for a cross between numbers, which a relay may have of its own."""
        return self._words["relay" if "relay" in self._words and _RELAY.match(text, at) else "times"]

    def _say_slash(self, match: re.Match[str]) -> str:
        """Return the word for a slash by the numbers and the words around it; empty for one that is not said."""
        first, last = match["first"], match["last"]
        if (first, last) == ("24", "7"):
            return ""
        if self._is_range(match):
            return self._words["to"]
        if len(last) == _YEAR_DIGITS or (len(last) == 2 and self._is_law(match)):
            return self._words.get("year", "")  # a law is named by its number and its year
        if len(first) > _MAX_RATED_DIGITS or (len(last) > 1 and last[0] == "0") or self._is_numbered(match):
            return str(self._language.tables["signs"]["/"])  # the number of a file, "2 BvR 1845/18", "núm. 258/17"
        return self._words["score" if is_set(match) else "over"]

    def _is_range(self, match: re.Match[str]) -> bool:
        """Whether the numbers are the ends of a range: "25/30 minutes", "25/30 mm", "70/75 metres"."""
        first, last = match["first"].replace(".", ""), match["last"]
        counts = len(last) <= _MAX_RATED_DIGITS and _NOUN_BEHIND.match(match.string, match.end())
        found = self._language.nouns.find_agreement(match.string, match.start(), match.end())
        is_round = len(first) == len(last) == _YEAR_DIGITS and not (int(first) % _ROUNDED_TO or int(last) % _ROUNDED_TO)
        return bool(
            self._lasting.match(match.string, match.end())
            or (match["unit"] and (match["minus"] or int(first) < int(last)))
            or (counts and found.counts and int(first) + 1 < int(last) and not self._is_law(match))
            or (is_round and int(first) < int(last) and not self._is_law(match))
        )

    def _is_law(self, match: re.Match[str]) -> bool:
        before = _LAW_BEFORE.search(match.string[max(0, match.start() - _MAX_LAW_CHARS) : match.start()])
        return "." in match["first"] or bool(before and before[1].lower() in self._laws)

    def _is_numbered(self, match: re.Match[str]) -> bool:
        before = match.string[max(0, match.start() - _MAX_LAW_CHARS) : match.start()]
        return bool(_NUMBER_BEFORE.search(before) or self._file_number.search(before))


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for numbers joined by a cross or a slash."""
    reader = _JoinedNumberReader(language)
    units = "|".join(map(re.escape, sorted(language.unit_signs, key=len, reverse=True)))
    often = rf"{CODE_EDGE}(?P<number>\d{{1,3}})(?P<sign>\s?[x×])(?=\s[^\W\d_])"
    crossed = rf"(?P<numbers>{NUMBER}(?:\s?[xX×]\s?{NUMBER}){{1,3}})"
    sizes = rf"{CODE_EDGE}{crossed}[\s\u00a0\u202f]?(?P<unit>{units})(?![\w/²³]|['’]\w)"
    first = rf"(?:(?P<minus>(?<![\w.,/-])[-−])|{CODE_EDGE})(?P<first>\d{{1,3}}\.\d{{3}}(?=/)|\d{{1,4}})"
    last = rf"(?P<last>\d{{1,5}})(?:\s?(?P<unit>{units})(?!\w))?(?![\w/]|[.,]\d)"
    decimals = rf"{CODE_EDGE}(?P<first>\d{{1,3}},\d\d?)/(?P<last>\d{{1,3}},\d\d?)\s?(?P<unit>{units})(?![\w/²³])"
    crosses = r"(?:(?<=\d\s)|(?<=\d\sm\s)|(?<=\dm\s)|(?<=[ckm]m\s))[x×](?=\s\d)"
    return (
        Rule("times", frozenset({TIED}), often, reader.read_often),
        Rule("joined", frozenset({FIGURES}), sizes, reader.read_sizes),
        Rule("joined", frozenset({FIGURES}), decimals, reader.read_measures),
        Rule("times", frozenset("x×"), crosses, reader.read_times),
        Rule("joined", frozenset({FIGURES, *"-−"}), rf"{first}\s?(?P<joint>[xX×/])\s?{last}", reader.read_pair),
        Rule(
            "joined",
            frozenset({TIED}),
            rf"{CODE_EDGE}(?P<number>\d{{1,4}})/(?P<letter>[A-Z])(?![\w/])",
            reader.read_door,
        ),
    )


def is_season(first: str, last: str) -> bool:
    """Whether two written numbers are a year and the next: 2019/20, 2019/2020."""
    is_year = len(first) == _YEAR_DIGITS and first.isdecimal()
    return is_year and str(int(first) + 1).endswith(last) and len(last) in (2, _YEAR_DIGITS)
