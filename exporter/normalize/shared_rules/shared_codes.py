"""Codes: names with digits (A-6, D940, AF447, 11-S, Covid-19), numbers of files, and parts of a year."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, CODE, TIED, Parts, Rule, say
from exporter.normalize import NUMBER as FIGURES
from exporter.normalize.languages.agreement import Agreement
from exporter.normalize.languages.language import NUMBER, Language
from exporter.normalize.shared_rules.shared_initialisms import spell_initialism
from exporter.script import Word

_MAX_CARDINAL_DIGITS = 4  # of a code; longer ones are said digit by digit
_SPAN = re.compile(rf"{NUMBER}-{NUMBER}|\d-\d/\d-\d")
_MAX_SPELLED_LETTERS = 2  # before digits, capitals are spelled: CO2, AF447

_CENTURY = 2000  # of "1T23"
_YEARLY_PERIODS = "Q"  # "Q3" alone is a part of a qualifying session
_MAX_ARTICLE_CHARS = 16  # an article, a space, and the minute before it
_MINUTE_BEFORE = re.compile(r"\d(?:['′’](?:\s(?:\w{1,3}\s)?)?|\smin(?:utos?)?\.?\s\w{1,3}\s)\Z")

CODE_EDGE = r"(?<![\w.,/-])"
"""What may not stand before a code: a letter, a digit, or a sign that joins it to one."""


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for codes."""

    def read_code(match: re.Match[str]) -> Parts:
        name = match["name"]
        said = (
            "-".join(name)
            if len(name) <= _MAX_SPELLED_LETTERS and name.isupper()
            else spell_initialism(language, name) or name
        )
        figures = " ".join(say_figures(language, group) for group in match["number"].split("-"))
        return (Word(said, *match.span("name")), Word(figures, match.end("name"), match.end()))

    def read_series(match: re.Match[str]) -> Parts:
        """Read the type of an aircraft with its series: "777-300"."""
        return say(match, " ".join(map(language.say_number, match.group().split("-"))))

    def read_day(match: re.Match[str]) -> Parts:
        figures = match["number"]
        said = language.say_number(figures) if "," in figures else say_figures(language, figures)
        day, name = Word(said, *match.span("number")), match["name"]
        return (day, Word(name, match.end("number"), match.end()))

    def read_identifier(match: re.Match[str]) -> Parts | None:
        """Read the number of a file or an account, group by group; with one kind of sign it is none, nor is a span."""
        if len(set(re.findall(r"\D", match.group()))) == 1 or _SPAN.fullmatch(match.group()):
            return None
        groups = re.findall(r"\d+", match.group())
        return say(match, ", ".join(say_figures(language, group) for group in groups))

    def read_compound(match: re.Match[str]) -> Parts:
        """Read "21-jährige" and "18-Jährige" as one word, and "16jährige" as it was once written."""
        said, ending = language.say_first(match["number"], Agreement(counts=True)), match["ending"]
        return say(match, (said.capitalize() if ending[0].isupper() else said) + ending.lower())

    endings = language.find_pattern("counted_endings")
    figures, end = r"(?P<number>\d{1,6})", r"(?!\w|[.,]\d)"
    of_series = r"(?P<number>\d{3,6}-\d{2,4}(?!-)|\d{1,6})"  # A320-200
    named = rf"(?<!\w){language.elision}(?P<name>[^\W\d_]{{1,24}})[-‑–]?{of_series}{end}"
    counted = rf"{CODE_EDGE}(?P<number>\d{{1,6}}(?:,\d{{1,3}})?)[-‑](?P<name>[A-Z]|[^\W\d_]{{3,24}})(?!\w)"
    return (
        Rule("code", frozenset({TIED}), rf"{CODE_EDGE}\d{{1,20}}(?:[-./]\d{{1,20}}){{3,8}}(?![\w/-])", read_identifier),
        Rule("code", frozenset({CAPITALS}), rf"(?<!\w)(?P<name>[A-Z]{{2,3}})\.{figures}{end}", read_code),
        *_make_period_rules(language),
        Rule("code", frozenset({FIGURES}), r"(?<=Boeing\s)[1-9]\d{2}-\d{1,4}(?=[A-Z]|\b)", read_series),
        Rule("code", frozenset({CODE}), named, read_code),
        Rule(
            "code", frozenset({TIED}), rf"{CODE_EDGE}(?P<number>\d{{1,3}})-?(?P<ending>{endings})(?!\w)", read_compound
        ),
        Rule("code", frozenset({TIED}), counted, read_day),
    )


def _make_period_rules(language: Language) -> tuple[Rule, ...]:
    """Return the rule for parts of a year, "T2 2024", "1T23", "del 2S", and of a match, "32' do 2T".

    There is none for a language that does not write them.
    """
    periods: dict[str, str] = language.tables.get("periods", {})
    if not periods:
        return ()

    article = re.compile(language.find_pattern("period_article"))

    def read(match: re.Match[str]) -> Parts | None:
        before = match.string[max(0, match.start() - _MAX_ARTICLE_CHARS) : match.start()]
        sign = match["sign"] or match["first"]
        is_told = match["slash"] or (article.search(before) and sign not in _YEARLY_PERIODS)
        if match["year"] is None and not match["short"] and not is_told:
            return None
        number = int(match["number"] or match["last"])
        noun = language.words["half"] if _MINUTE_BEFORE.search(before) else periods[sign]
        if match["short"]:
            year = f" {language.words['of']} {language.say_year(_CENTURY + int(match['short']))}"
        else:
            year = language.words.get("before_year", "") if match.string.startswith(" 20", match.end()) else ""
        said = Word(f"{language.say_noun_ordinal(number, noun)} {noun}{year}", *match.span("period"))
        return (Word(language.words["of_half"], *match.span("slash")), said) if match["slash"] else (said,)

    signs = "".join(periods)
    year = r"(?P<year>(?=\s(?:de\s|del\s)?20\d\d(?!\w)))?"
    number = r"(?P<number>[1-4])(?:[ºo°]\s?)?"
    period = rf"(?P<period>(?P<first>[{signs}])(?P<last>[1-4])|{number}(?P<sign>[{signs}])(?P<short>\d\d)?)"
    pattern = rf"(?:(?<=['′’])(?P<slash>/)|(?<![\w.,])){period}(?!\w){year}"
    return (Rule("code", frozenset({CODE, FIGURES, "/"}), pattern, read),)


def say_figures(language: Language, figures: str) -> str:
    """Return the figures of a code: as a number, or digit by digit if they are many or padded."""
    if not figures.isdecimal():
        return language.say_number(figures)
    return (
        language.say_digits(figures)
        if figures[0] == "0" or len(figures) > _MAX_CARDINAL_DIGITS
        else language.say_cardinal(int(figures))
    )
