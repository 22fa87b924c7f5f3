"""Numbers with dots that are no decimals: versions (2.1.3), IP addresses (192.168.1.1), provisions of law (49.3)."""

from __future__ import annotations

import re

from exporter.normalize import CODE, NUMBER, Parts, Rule
from exporter.normalize.languages.language import Language
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_MAX_OCTET = 255  # of an IPv4 address, RFC 791
_OCTETS = 4
_MAX_MONTH, _MAX_DAY = 12, 31
_PART = r"(?:0|[1-9]\d{0,3})"  # a part of a version is not padded
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_DATE = re.compile(r"(\d\d?)\.(\d\d?)\.(?:\d\d|[12]\d{3})")
_WORD_BEFORE = re.compile(r"([^\W\d_]+\d?\.?)[\s\u00a0\u202f]\Z")
_MAX_WORD_BEFORE_CHARS = 24


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for numbers with dots."""
    versions = language.word_set("identifiers.versions") | set(load_table("any", "identifiers")["programs"].split())
    provisions = language.word_set("identifiers.provisions")
    point = language.tables["signs"]["."]
    provision_point = language.words.get("provision_point", point)

    def say_parts(match: re.Match[str], joint: str) -> Parts:
        parts: list[Word] = []
        for found in re.finditer(r"\d+", match["figures"]):
            start, end = (match.start("figures") + place for place in found.span())
            said = (
                language.say_digits(found.group()) if found.group()[0] == "0" else language.say_cardinal(int(found[0]))
            )
            parts.append(Word(f"{joint} {said}" if parts and joint else said, start, end))
        return tuple(parts)

    def read_dotted(match: re.Match[str]) -> Parts | None:
        """Read a version or an address of three parts or more."""
        figures = match["figures"]
        if not _is_address(figures) and _find_word_before(match) not in versions:
            date = _DATE.fullmatch(figures)
            if _THOUSANDS.fullmatch(figures) or (date and int(date[1]) <= _MAX_DAY and int(date[2]) <= _MAX_MONTH):
                return None
        return say_parts(match, point)

    def read_version(match: re.Match[str]) -> Parts | None:
        return say_parts(match, point) if _find_word_before(match) in versions else None

    def read_short(match: re.Match[str]) -> Parts:
        """Read "v2.1"."""
        parts = say_parts(match, point)
        return (Word(language.words["version"], match.start(), match.start("figures")), *parts)

    def read_provision(match: re.Match[str]) -> Parts | None:
        return say_parts(match, provision_point) if _find_word_before(match).lower() in provisions else None

    edge, end = r"(?<![\w.,/-])", r"(?![\w%€$]|[.,/-]\d)"
    number = frozenset({NUMBER})
    found = (
        Rule("version", number, rf"{edge}(?P<figures>{_PART}(?:\.{_PART}){{2,5}}){end}", read_dotted),
        Rule("version", number, rf"{edge}(?P<figures>{_PART}\.\d{{1,2}}){end}", read_version),
        Rule("provision", number, rf"{edge}(?P<figures>[1-9]\d{{0,3}}(?:\.[1-9]\d?){{1,3}}){end}", read_provision),
    )
    if "version" not in language.words:
        return found
    return (
        *found,
        Rule("version", frozenset({CODE}), rf"(?<!\w)v(?P<figures>\d{{1,3}}(?:\.{_PART}){{1,5}}){end}", read_short),
    )


def _is_address(figures: str) -> bool:
    octets = figures.split(".")
    return len(octets) == _OCTETS and all(int(octet) <= _MAX_OCTET for octet in octets)


def _find_word_before(match: re.Match[str]) -> str:
    found = _WORD_BEFORE.search(match.string[max(0, match.start() - _MAX_WORD_BEFORE_CHARS) : match.start()])
    return found[1] if found else ""
