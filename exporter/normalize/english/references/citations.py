"""Decisions of courts: reporters (384 U.S. 436), neutral citations (2011 ABCA 218), courts, judges, dockets."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import (
    Variety,
    find_abbreviation_end,
    join_longest_first,
    spell_letters,
)
from exporter.normalize.resolver import find_anchor
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_ORDINAL_PATTERN = r"\d{1,2}(?:st|nd|rd|th|d)"
_YEAR_PATTERN = r"(?:1[789]|20)\d\d"
_SERIES_PATTERN = r"(?:\s?[2-9](?:d|nd|rd|th)|\s\([2-9](?:d|nd|rd|th)\))"
_PAGE_PATTERN = r"(?P<page>\d{1,2},\d{3}|\d{1,4}|_{2,4})(?![\w%]|[.:]\d)"
# Before a judge whose "J" has no full stop: "per Moss J", "(Moss J)" behind a citation, "Lee JA and Moss J".
_JUDGE_BEFORE = re.compile(r"(?:\b(?:per|Per|ruled|held|J and|JA and)\s|\d\s\()[A-Z][\w'’-]{1,20}\s\Z")
# What may follow the letters of a judge: neither a name, before which "J." is an initial, nor another author, an
# editor or a year, before which it is an author's.
_JUDGE_END_PATTERN = (
    r"(?=[,;:)]|\s[a-z]|\s?\Z)(?!,?\s(?:&|[12]\d|ed(?:s|itors?)?\b|trans\b|et\b))"
    r"(?!,?\s(?:and\s)?[A-Z][\w'’-]{1,20},\s[A-Z]\.)"
)


class _CitationReader:
    """Reads references to decisions of courts."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        lists = load_table("en", "law")
        self.reporters, self.series = lists["reporters"], lists["reporters in series"]
        # "472 SW 2nd 1119", without full stops
        self.series |= {re.sub(r"[.\s]", "", written): said for written, said in self.series.items()}
        self.courts: dict[str, str] = lists["courts"]
        self.states: dict[str, str] = load_table("en", "abbreviations")["places"]
        court_words = join_longest_first({**self.courts, **self.states})
        self.court_word = re.compile(rf"(?:{court_words})|{_ORDINAL_PATTERN}")

    def read_citation(self, match: re.Match[str]) -> Parts:
        """Read where a decision of a court was published: "384 U.S. 436" is volume, reporter, page."""
        return (
            Word(english_numerals.say_designation(match["volume"]), *match.span("volume")),
            Word(self.say_reporter(match), match.start("reporter"), match.end("series")),
            Word(_say_page(match), *match.span("page")),
        )

    def say_reporter(self, match: re.Match[str]) -> str:
        if not match["series"]:
            return str(self.reporters[match["reporter"]])
        series = self.variety.say_ordinal(int(match["series"].strip(" (")[0]))
        return f"{self.series.get(match['reporter']) or spell_letters(match['reporter'])} {series}"

    def read_court(self, match: re.Match[str]) -> Parts | None:
        """Read the court and the year behind a citation: "(Del. Ct. Ch. 2023)"; "(S.D.)" alone is a state."""
        said = " ".join(map(self.say_court_word, self.court_word.findall(match["court"])))
        if said.endswith(" of"):
            return None
        parts = (Word(said, *match.span("court")),)
        if not match["year"]:
            return parts
        return (*parts, Word(self.variety.say_year(int(match["year"])), *match.span("year")))

    def say_court_word(self, written: str) -> str:
        if written[0].isdecimal():
            return self.variety.say_ordinal(int(re.sub(r"\D", "", written)))
        return self.courts.get(written) or self.states[written]


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for references to decisions of courts."""
    reader = _CitationReader(variety)
    return (*_make_reporter_rules(reader), *_make_court_rules(reader), *_make_judge_rules(), *_make_docket_rules())


def _make_reporter_rules(reader: _CitationReader) -> tuple[Rule, ...]:
    """Return the rules for where a decision was published."""
    reporters, series = map(join_longest_first, (reader.reporters, reader.series))
    return (
        # Volume, reporter, page: "384 U.S. 436".
        Rule(
            "citation",
            frozenset({NUMBER}),
            rf"(?<![\w.,/$£€-])(?P<volume>\d{{1,4}})\s"
            rf"(?P<reporter>{reporters}|(?:{series})(?={_SERIES_PATTERN})|[A-Z]{{2,4}}(?=\s\())(?P<series>{_SERIES_PATTERN}?)\s"
            rf"{_PAGE_PATTERN}",
            reader.read_citation,
        ),
        # Letters between a year and a number: "2011 ABCA 218", "[2018] EWCA Crim 12", "(2000) 2 SCC 745".
        Rule(
            "citation",
            frozenset({CAPITALS}),
            r"(?:(?<=\b(?:19|20)\d\d\s)(?!FIFA|UEFA|NASCAR|NATO)|(?<=\d{4}[\])]\s)|(?<=\d{4}[\])]\s\d\s)|(?<=\d{4}[\])]\s\d\d\s))(?P<reporter>[A-Z]{3,6})"
            rf"(?P<division>\s(?:Civ|Crim|Admin|Ch|Fam|Comm|Pat))?\s{_PAGE_PATTERN}",
            _read_neutral_citation,
        ),
        # Statutes by year and chapter: "R.S.C. 1985, c. C-46".
        Rule(
            "citation",
            frozenset({LETTER}),
            rf"(?<![\w.])(?P<letters>(?:R\.)?S\.[A-Z]\.(?:[A-Z]\.)?)(?=\s{_YEAR_PATTERN},\sc\.)",
            lambda match: say(match, spell_letters(match["letters"].replace(".", ""))),
        ),
        Rule(
            "citation",
            frozenset("c"),
            r"(?<=\d{4},\s)c\.(?=\s(?:[A-Z]-)?\d)",
            lambda match: say(match, "chapter"),
        ),
    )


def _make_court_rules(reader: _CitationReader) -> tuple[Rule, ...]:
    """Return the rules for courts, in brackets or with an ordinal."""
    courts, states = map(join_longest_first, (reader.courts, reader.states))
    return (
        # A court in brackets: "(Del. Ct. Ch. 2023)", "(9th Cir.)".
        Rule(
            "court",
            frozenset({NUMBER, *(find_anchor(word) for word in (*reader.courts, *reader.states))}),
            rf"(?<=\()(?P<court>(?:(?:{reader.court_word.pattern})\s){{0,3}}(?:{courts}))"
            rf"(?:,?\s(?P<year>{_YEAR_PATTERN}))?(?=[),;])",
            reader.read_court,
        ),
        # A district: "(E.D. Va. 2019)".
        Rule(
            "court",
            frozenset("nsewmcd"),
            rf"(?<=\()(?P<court>(?:[NSEWMC]\.)?D\.\s(?:{states}))(?:\s(?P<year>{_YEAR_PATTERN}))?(?=[),;])",
            reader.read_court,
        ),
        # The ordinal of "the 2d Cir.".
        Rule(
            "court",
            frozenset({TIED}),
            r"(?<![\w.,])(?P<number>[2-9]?[23])d(?=\s(?:Cir\.|Circuit\b|Dep't|Dept\.|Dist\.|District\b|Cong\.|Sess\.|ed\.|Cavalry|Marine|Infantry|Brigade|Battalion|Armored|Division))",
            lambda match: say(match, reader.variety.say_ordinal(int(match["number"]))),
        ),
        # "the Ct. held", "the trial Ct."
        Rule(
            "court",
            frozenset({"ct"}),
            r"(?:(?<=\b[Tt]he\s)|(?<=\bthat\s)|(?<=\bthis\s)|(?<=\btrial\s)|(?<=\blower\s))Ct\.(?P<appeals>\sof\sApp\.)?",
            _read_court_in_prose,
        ),
    )


def _read_court_in_prose(match: re.Match[str]) -> Parts:
    said = "Court of Appeals" if match["appeals"] else "Court"
    return (Word(said, match.start(), find_abbreviation_end(match.string, match.end())),)


def _make_judge_rules() -> tuple[Rule, ...]:
    """Return the rules for judges by a letter behind their names: "Deo, J.", "McLachlin CJ", "per Cromwell J"."""
    judges: dict[str, str] = load_table("en", "law")["judges"]
    letters = join_longest_first(judges)
    return (
        Rule(
            "judge",
            frozenset({LETTER, CAPITALS}),
            rf"(?:(?<=[a-z],\s)|(?<=[a-z]\s)(?!J\b))(?P<letters>{letters})(?!\w){_JUDGE_END_PATTERN}",
            lambda match: say(match, judges[match["letters"]]),
        ),
        Rule("judge", frozenset({LETTER}), r"(?<=[a-z]\s)J(?=[,;)]|\s[a-z(]|\.?\Z)", _read_judge_without_stop),
    )


def _read_judge_without_stop(match: re.Match[str]) -> Parts | None:
    before = match.string[max(0, match.start() - 32) : match.start()]
    return say(match, "Justice") if _JUDGE_BEFORE.search(before) else None


def _make_docket_rules() -> tuple[Rule, ...]:
    """Return the rules for the numbers of cases."""
    return (
        # A case: "No. 22-451".
        Rule("docket", frozenset({TIED}), r"(?<=\bNo\.\s)(?P<first>\d\d)-(?P<second>\d{2,5})(?![\w-])", _read_docket),
        # A public law: "Pub. L. 104-191".
        Rule(
            "docket",
            frozenset({TIED}),
            r"(?:(?<=\bPub\. L\. )|(?<=\bPub\.L\. )|(?<=\bL\. No\. ))(?P<first>\d{2,3})-(?P<second>\d{1,4})(?![\w-])",
            _read_docket,
        ),
        # A case of a federal court: "2:23-cv-01234-ABC".
        Rule(
            "docket",
            frozenset({TIED}),
            r"(?<![\w.:-])(?:(?P<office>\d):)?(?P<first>\d\d)-(?P<kind>cv|cr|mj|bk|md|mc|ap|civ|CV|CR)-(?P<second>\d{3,6})(?:-[A-Z]{2,4}(?:-[A-Z]{2,4})?)?(?!\w)",
            _read_federal_docket,
        ),
        # An act of the European Union: "Directive 95/46/EC", "Regulation (EU) 2016/679".
        Rule(
            "docket",
            frozenset({TIED}),
            r"(?:(?<=\(EU\)\s)|(?<=\(EC\)\s)|(?<![\w/.,])(?=\d{2,4}/\d{1,4}/E))(?P<first>\d{2,4})/(?P<second>\d{1,4})(?:/(?P<body>EEC|EC|EU)(?!\w)|(?![\w/]))",
            _read_act_of_union,
        ),
        # The number of a case by its year, after the letters of its kind: "CRL.M.C. 1795/2022", "No. 300/2020".
        Rule(
            "docket",
            frozenset({TIED}),
            r"(?:(?<=\b[Nn]o\.\s)|(?<=\bNo\s)|(?<=\b[Nn]os\.\s)|(?<=[A-Z]\.\s)|(?<=\([A-Z]\)\s)|(?<=\(Crl\.\)\s)|(?<=\(Crl\)\s)|(?<=\(MD\)\s))(?P<number>\d{1,5})/(?P<year>(?:19|20)\d\d)(?![\w/])",
            _read_case_of_year,
        ),
    )


def _read_docket(match: re.Match[str]) -> Parts:
    """Read the number of a case at court or of a public law: "No. 22-451"."""
    first, second = (english_numerals.say_designation(match[name]) for name in ("first", "second"))
    return say(match, f"{first} {second}")


def _read_act_of_union(match: re.Match[str]) -> Parts:
    year = len(match["second"]) == 4
    second = (
        f"of {english_numerals.say_year(int(match['second']))}"
        if year
        else english_numerals.say_designation(match["second"])
    )
    numbers = f"{english_numerals.say_designation(match['first'])} {second}"
    return say(match, f"{numbers} {spell_letters(match['body'])}" if match["body"] else numbers)


def _read_case_of_year(match: re.Match[str]) -> Parts:
    number, year = english_numerals.say_designation(match["number"]), english_numerals.say_year(int(match["year"]))
    return say(match, f"{number} of {year}")


def _read_federal_docket(match: re.Match[str]) -> Parts:
    """Read "2:23-cv-01234": the office, the year, the kind of case and its number; the judges' initials are silent."""
    office = f"{english_numerals.say_digits(match['office'])}, " if match["office"] else ""
    year = english_numerals.say_two_digits(int(match["first"]))
    number = english_numerals.say_designation(match["second"].lstrip("0") or "0")
    return say(match, f"{office}{year} {spell_letters(match['kind'].upper())} {number}")


def _read_neutral_citation(match: re.Match[str]) -> Parts:
    """Read the letters of a court or a reporter and the number of the decision."""
    return (
        Word(spell_letters(match["reporter"]) + (match["division"] or ""), match.start(), match.start("page") - 1),
        Word(_say_page(match), *match.span("page")),
    )


def _say_page(match: re.Match[str]) -> str:
    """Say the number of a page; a decision that is not printed yet has a blank."""
    page = match["page"].replace(",", "")
    return english_numerals.say_designation(page) if page.isdecimal() else "blank"
