"""Codes: names with digits (A-6, D940, AF447, 11-S, Covid-19), and numbers joined by a cross or a slash."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, CODE, TIED, Parts, Rule, say
from exporter.normalize import NUMBER as FIGURES
from exporter.normalize.languages.language import NUMBER, Language
from exporter.normalize.shared_rules.shared_fractions import is_set
from exporter.normalize.shared_rules.shared_initialisms import spell_initialism
from exporter.script import Word

_MAX_CARDINAL_DIGITS = 4  # of a code; longer ones are said digit by digit
_MAX_SPELLED_LETTERS = 2  # before digits, capitals are spelled: CO2, AF447
_YEAR_DIGITS = 4
_MAX_RATED_DIGITS = 3  # of what stands over another number: 15/20, a blood pressure of 120/80

# "Ley 30/92", "legge n. 449/97"
_LAW_BEFORE = re.compile(r"([^\W\d_]+)\s(?:n\.|nº|n\.º|núm\.)?\s?\Z")
_NUMBER_BEFORE = re.compile(r"\b(?:[Nn]r?\.|[Nn]º|[Nn]°|n\.º|[Nn][úu]m\.|no\.)\s?\Z")
_MAX_LAW_CHARS = 24
_MAX_ARTICLE_CHARS = 8  # an article, a space, and the prime of a minute
_MINUTE_BEFORE = re.compile(r"\d['′’]\s(?:\w{1,3}\s)?\Z")
_RELAY = re.compile(r"[34]\s?[x×]\s?(?:50|[1-8]00|1500)\s?m(?:et\w+)?\b")  # "4x400 m"

_CODE_EDGE = r"(?<![\w.,/-])"


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for codes."""

    def read_code(match: re.Match[str]) -> Parts:
        name = match["name"]
        said = (
            "-".join(name)
            if len(name) <= _MAX_SPELLED_LETTERS and name.isupper()
            else spell_initialism(language, name) or name
        )
        return (
            Word(said, *match.span("name")),
            Word(_say_figures(language, match["number"]), match.end("name"), match.end()),
        )

    def read_day(match: re.Match[str]) -> Parts:
        figures = match["number"]
        said = language.say_number(figures) if "," in figures else _say_figures(language, figures)
        day, name = Word(said, *match.span("number")), match["name"]
        return (day, Word(name, match.end("number"), match.end()))

    def read_identifier(match: re.Match[str]) -> Parts | None:
        """Read the number of a file or an account, group by group; one kind of sign alone is another number."""
        if len(set(re.findall(r"\D", match.group()))) == 1:
            return None
        groups = re.findall(r"\d+", match.group())
        return say(match, ", ".join(_say_figures(language, group) for group in groups))

    def read_compound(match: re.Match[str]) -> Parts:
        """Read "21-jährige" and "18-Jährige" as one word."""
        said, ending = language.say_cardinal(int(match["number"])), match["ending"]
        return say(match, (said.capitalize() if ending[0].isupper() else said) + ending.lower())

    endings = language.find_pattern("counted_endings")
    figures, end = r"(?P<number>\d{1,6})", r"(?!\w|[.,]\d)"
    named = rf"(?<!\w){language.elision}(?P<name>[^\W\d_]{{1,24}})[-‑–]?{figures}{end}"
    counted = rf"{_CODE_EDGE}(?P<number>\d{{1,6}}(?:,\d{{1,3}})?)[-‑](?P<name>[A-Z]|[^\W\d_]{{3,24}})(?!\w)"
    return (
        Rule(
            "code", frozenset({TIED}), rf"{_CODE_EDGE}\d{{1,20}}(?:[-./]\d{{1,20}}){{3,8}}(?![\w/-])", read_identifier
        ),
        Rule("code", frozenset({CAPITALS}), rf"(?<!\w)(?P<name>[A-Z]{{2,3}})\.{figures}{end}", read_code),
        *_make_period_rules(language),
        Rule("code", frozenset({CODE}), named, read_code),
        *_make_joined_rules(language),
        Rule(
            "code", frozenset({TIED}), rf"{_CODE_EDGE}(?P<number>\d{{1,3}})-(?P<ending>{endings})(?!\w)", read_compound
        ),
        Rule("code", frozenset({TIED}), counted, read_day),
    )


def _make_period_rules(language: Language) -> tuple[Rule, ...]:
    """Return the rule for parts of a year, "T2 2024", "del 2S", and of a match, "32' do 2T".

    There is none for a language that does not write them.
    """
    periods: dict[str, str] = language.tables.get("periods", {})
    if not periods:
        return ()

    article = re.compile(language.find_pattern("period_article"))

    def read(match: re.Match[str]) -> Parts | None:
        number, sign = sorted(match["period"])
        before = match.string[max(0, match.start() - _MAX_ARTICLE_CHARS) : match.start()]
        if match["year"] is None and not article.search(before):
            return None
        noun = language.words["half"] if _MINUTE_BEFORE.search(before) else periods[sign]
        return say(match, f"{language.say_noun_ordinal(int(number), noun)} {noun}")

    signs = "".join(periods)
    year = r"(?P<year>(?=\s(?:de\s|del\s)?20\d\d(?!\w)))?"
    pattern = rf"(?<![\w.,])(?P<period>[{signs}][1-4]|[1-4][{signs}])(?!\w){year}"
    return (Rule("code", frozenset({CODE, FIGURES}), pattern, read),)


def _is_season(first: str, last: str) -> bool:
    """Whether two numbers are a year and the next: 2019/20, 2019/2020."""
    return len(first) == _YEAR_DIGITS and str(int(first) + 1).endswith(last) and len(last) in (2, _YEAR_DIGITS)


def _say_figures(language: Language, figures: str) -> str:
    if not figures.isdecimal():
        return language.say_number(figures)
    return (
        language.say_digits(figures)
        if figures[0] == "0" or len(figures) > _MAX_CARDINAL_DIGITS
        else language.say_cardinal(int(figures))
    )


def _make_joined_rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for numbers joined by a cross or a slash: 4x4, 3x a day, 15/20, season 2019/20, law 7/2021."""
    lasting = re.compile(rf"\s{language.find_pattern('duration')}")
    laws = language.word_set("identifiers.laws")

    def is_law(match: re.Match[str]) -> bool:
        before = _LAW_BEFORE.search(match.string[max(0, match.start() - _MAX_LAW_CHARS) : match.start()])
        return "." in match["first"] or bool(before and before[1].lower() in laws)

    def is_numbered(match: re.Match[str]) -> bool:
        before = match.string[max(0, match.start() - _MAX_LAW_CHARS) : match.start()]
        return bool(_NUMBER_BEFORE.search(before) or re.search(language.find_pattern("file_number"), before))

    def say_times(text: str, at: int) -> str:
        """Return the word for a cross between numbers, which a relay may have of its own."""
        return language.words["relay" if "relay" in language.words and _RELAY.match(text, at) else "times"]

    def read_often(match: re.Match[str]) -> Parts:
        agreement = language.nouns.agree_with(language.words["often"])
        said = language.say_cardinal(int(match["number"]), agreement)
        return (Word(said, *match.span("number")), Word(language.words["often"], *match.span("sign")))

    def read_times(match: re.Match[str]) -> Parts:
        return say(match, say_times(match.string, match.start() - len("4 ")))

    def read_pair(match: re.Match[str]) -> Parts:
        first, last = match["first"], match["last"]
        joint = language.words["over" if match["joint"] == "/" else "times"]
        is_season = match["joint"] == "/" and _is_season(first, last)
        if is_season or (match["joint"] == "/" and (first, last) == ("24", "7")):
            joint = ""
        elif match["joint"] == "/" and (
            lasting.match(match.string, match.end()) or (match["unit"] and int(first) < int(last))
        ):
            joint = language.words["to"]  # "25/30 minutes", "25/30 mm"
        elif match["joint"] == "/" and (len(last) == _YEAR_DIGITS or (len(last) == 2 and is_law(match))):
            joint = language.words.get("year", "")  # a law is named by its number and its year
        elif match["joint"] == "/" and (
            len(first) > _MAX_RATED_DIGITS or (len(last) > 1 and last[0] == "0") or is_numbered(match)
        ):
            joint = language.tables["signs"]["/"]  # the number of a file, "2 BvR 1845/18", "núm. 258/17"
        elif match["joint"] == "/" and is_set(match):
            joint = language.words["score"]
        unit = (Word(language.say_unit(match["unit"], single=False), *match.span("unit")),) if match["unit"] else ()
        return (
            Word(language.say_year(int(first)) if is_season else _say_figures(language, first), *match.span("first")),
            Word(joint, match.end("first"), match.start("last")),
            Word(_say_figures(language, last), *match.span("last")),
            *unit,
        )

    def read_door(match: re.Match[str]) -> Parts:
        """Read the number of a house with its letter: "12/B"."""
        return (
            Word(_say_figures(language, match["number"]), *match.span("number")),
            Word(match["letter"], match.end("number"), match.end()),
        )

    def read_sizes(match: re.Match[str]) -> Parts:
        """Read numbers joined by crosses and the unit of them all: "30x20x15 cm", "4x100 m"."""
        at = match.start()
        times = say_times(match.string, at)
        parts: list[Word] = []
        for found in re.finditer(NUMBER, match["numbers"]):
            said = language.say_number(found.group())
            joint = f"{times} " if parts else ""
            parts.append(Word(joint + said, at + found.start(), at + found.end()))
        unit = Word(language.say_unit(match["unit"], single=False), match.start("unit"), match.end())
        return (*parts, unit)

    often = rf"{_CODE_EDGE}(?P<number>\d{{1,3}})(?P<sign>\s?[x×])(?=\s[^\W\d_])"
    units = "|".join(map(re.escape, sorted(language.unit_signs, key=len, reverse=True)))
    crossed = rf"(?P<numbers>{NUMBER}(?:\s?[xX×]\s?{NUMBER}){{1,3}})"
    sizes = rf"{_CODE_EDGE}{crossed}[\s\u00a0\u202f]?(?P<unit>{units})(?![\w/²³]|['’]\w)"
    first = r"(?P<first>\d{1,3}\.\d{3}(?=/)|\d{1,4})"
    pair = (
        rf"{_CODE_EDGE}{first}\s?(?P<joint>[xX×/])\s?(?P<last>\d{{1,5}})(?:\s?(?P<unit>{units})(?!\w))?(?![\w/]|[.,]\d)"
    )
    return (
        Rule("times", frozenset({TIED}), often, read_often),
        Rule("joined", frozenset({FIGURES}), sizes, read_sizes),
        Rule("times", frozenset("x×"), r"(?:(?<=\d\s)|(?<=\d\sm\s)|(?<=\dm\s)|(?<=[ckm]m\s))[x×](?=\s\d)", read_times),
        Rule("joined", frozenset({FIGURES}), pair, read_pair),
        Rule("joined", frozenset({TIED}), rf"{_CODE_EDGE}(?P<number>\d{{1,4}})/(?P<letter>[A-Z])(?![\w/])", read_door),
    )
