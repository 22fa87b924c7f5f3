"""Short names with figures that are each said in a way of their own: M7.8, S4E3, § 175.10, 802.11ax, J10–J11, 0x80."""

from __future__ import annotations

import re

from exporter.normalize import CODE, NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, near
from exporter.normalize.toml_tables import table
from exporter.script import Word


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for designations."""
    reporters: dict[str, str] = table("en", "codes")["reporters"]

    def read_magnitude(match: re.Match[str]) -> Parts | None:
        """Read the "M7.8" of an earthquake."""
        return say(match, f"magnitude {variety.number(match['number'])}") if near("quakes", match) else None

    def read_citation(match: re.Match[str]) -> Parts:
        """Read where a case was published: "384 U.S. 436", volume, reporter, page."""
        return (
            Word(english_numerals.designation(match["volume"]), *match.span("volume")),
            Word(reporters[match["reporter"]], *match.span("reporter")),
            Word(english_numerals.designation(match["page"]), *match.span("page")),
        )

    return (
        Rule("magnitude", frozenset({"m", "mw"}), r"(?<![\w.])Mw?\s?(?P<number>\d\.\d)(?!\w|[.,]\d)", read_magnitude),
        Rule("airports", frozenset("–"), r"(?<=\b[A-Z]{3})–(?=[A-Z]{3}\b)", lambda match: say(match, "to")),
        Rule(
            "codes",
            frozenset({CODE}),
            r"(?<!\w)(?P<letter>[A-Z])(?P<first>\d{1,3})[-–](?P=letter)(?P<last>\d{1,3})(?!\w)",
            _read_span,
        ),
        Rule("hexadecimal", frozenset({TIED}), r"(?<!\w)0x(?P<figures>[0-9A-Fa-f]{1,16})(?!\w)", _read_hexadecimal),
        Rule(
            "section",
            frozenset({NUMBER}),
            r"(?:(?<=§)|(?<=§\s))\d{2,4}(?:\.\d{2})?(?![\w%(-]|[.,:/]\d)",
            _read_section,
        ),
        Rule(
            "citation",
            frozenset({NUMBER}),
            rf"(?<![\w.,/$£€-])(?P<volume>\d{{1,4}})\s(?P<reporter>{'|'.join(map(re.escape, reporters))})\s"
            r"(?P<page>\d{1,4})(?![\w%]|[.:]\d)",
            read_citation,
        ),
        Rule("docket", frozenset({TIED}), r"(?<=\bNo\.\s)(?P<first>\d\d)-(?P<second>\d{2,5})(?![\w-])", _read_docket),
        Rule("episode", frozenset({CODE}), r"(?<!\w)S(?P<season>\d{1,2})E(?P<episode>\d{1,3})(?!\w)", _read_episode),
        Rule(
            "standard",
            frozenset({TIED}),
            r"(?<![\w.,])802\.(?P<part>\d{1,2})(?P<letters>[a-z]{0,2}(?:/[a-z]{1,2}){0,4})(?!\w)",
            _read_wireless,
        ),
        Rule("aperture", frozenset("fƒ"), r"(?<!\w)[fƒ]/(?=\d)", lambda match: say(match, "F")),
    )


def _read_span(match: re.Match[str]) -> Parts | None:
    """Read J10–J11: where the figures fall it is something else."""
    if int(match["first"]) >= int(match["last"]):
        return None
    first, last = (f"{match['letter']} {english_numerals.designation(match[name])}" for name in ("first", "last"))
    return say(match, f"{first} to {last}")


def _read_hexadecimal(match: re.Match[str]) -> Parts:
    said = (english_numerals.digits(figure) if figure.isdecimal() else figure.upper() for figure in match["figures"])
    return say(match, f"zero X {' '.join(said)}")


def _read_section(match: re.Match[str]) -> Parts:
    """Read the number of a section of the law: "§ 175.10"."""
    number, _, part = match.group().partition(".")
    said = english_numerals.pairs(int(number))
    return say(match, f"{said} point {english_numerals.two(int(part))}" if part else said)


def _read_docket(match: re.Match[str]) -> Parts:
    """Read the number of a case: "No. 22-451"."""
    return say(match, f"{english_numerals.designation(match['first'])} {english_numerals.designation(match['second'])}")


def _read_episode(match: re.Match[str]) -> Parts:
    season, episode = (english_numerals.cardinal(int(match[name])) for name in ("season", "episode"))
    return say(match, f"season {season} episode {episode}")


def _read_wireless(match: re.Match[str]) -> Parts:
    """Read 802.11ax: "eight oh two point eleven A X"."""
    letters = " ".join(match["letters"].upper().replace("/", ""))
    return say(match, f"eight oh two point {english_numerals.pairs(int(match['part']))} {letters}".rstrip())
