"""Titles before names: Sen., Lt. Col., Rt Revd."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule, say
from exporter.normalize.english.abbreviation_lists import make_list_rule, make_phrase_rule
from exporter.normalize.english.english_grammar import Variety
from exporter.normalize.toml_tables import load_table

_CAPITAL_PATTERN = r"[\"“‘']?[A-ZÀ-ÞŠŽ]"
# What follows a title: a name, a particle of a name, another title.
_NAME_PATTERN = rf"(?:\s{{1,8}}|(?<=\.))(?:{_CAPITAL_PATTERN}|(?:de|van|von|bin|al|el|der)[\s-])"

# Jobs after "Sr.": "Sr. VP", as opposed to "Sr. Mary".
_JOB_PATTERN = (
    r"(?:V\.?P|Vice|Director|Manager|Ad?visor|Adviser|Analyst|Editor|Fellow|Engineer|Associate|Assistant|Asst|Counsel|Scientist"
    r"|Producer|Lecturer|Writer|Officer|Citizens?|Center|Day|Night|Open|Living|High|Bowl|Class|Researcher|Correspondent|Consultant)\b"
)

_HONORIFICS_IN_CAPITALS = {
    "MR": "MISTER",
    "MRS": "MISSUS",
    "DR": "DOCTOR",
    "PROF": "PROFESSOR",
    "CLLR": "COUNCILLOR",
}
_FULL_NAME_PATTERN = r"(?=\s[A-Z][a-z]{1,20}\s[A-Z][\w'’-])"
_NAME_BEFORE = re.compile(r"[A-ZÀ-Þ][\w'’.-]*,?\s\Z")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for titles."""
    lists = load_table("en", "abbreviations")
    titles = lists["titles"] | {"Hon.": "Honourable" if variety.british else "Honorable"}
    return (
        # "the Rocky Mts." and "Ste. C", before the titles "Mts. Hood and Adams" and "Ste. Anne".
        make_phrase_rule("mts", r"(?<=[a-z]\s)(?<!\bof\s)(?<!\band\s)(?<!\bthe\s)Mts\.", "Mountains"),
        make_phrase_rule("ste", r"(?<!\w)Ste\.(?=\s[A-Z]\b)", "Suite"),
        # "Sr. Mary Agnes"
        _make_unnamed_rule("sr", rf"(?<![\w.])Sr\.(?=\s[A-Z][a-z])(?!\s{_JOB_PATTERN})", "Sister"),
        # "Sts. Peter and Paul", as opposed to "5th and Main Sts."
        _make_unnamed_rule("sts", r"(?<![\w.])Sts\.?(?=\s[A-Z][a-z])", "Saints"),
        _make_unnamed_rule("ss", r"(?<![\w.])SS\.(?=\s[A-Z][a-z]{1,20}\s(?:and|&)\s)", "Saints"),
        # "Comm. Al Moss" and "Del. Kim Cole", as opposed to "the Planning Comm. Monday" and "Dover, Del."
        _make_unnamed_rule("comm", rf"(?<![\w.])Comm\.{_FULL_NAME_PATTERN}", "Commissioner"),
        _make_unnamed_rule("del", rf"(?<![\w.])Del\.{_FULL_NAME_PATTERN}", "Delegate"),
        make_list_rule(
            "title", titles, rf"(?={_NAME_PATTERN}|-[A-Za-z]|\s{{0,3}}\Z|\s[a-z]{{2}}\s|\s\([Rr]et)", r"(?<![\w.'’])"
        ),
        # "LT. GOV. ROE" in a headline
        make_list_rule(
            "title",
            {written.upper(): said.upper() for written, said in (titles | {"Dr.": "Doctor"}).items()},
            r"(?=\s[A-Z](?:[A-Z]|\.\s))",
        ),
        # "MRS JUSTICE ROE"
        make_list_rule("title", _HONORIFICS_IN_CAPITALS, r"(?=\s[A-Z]{0,8}[AEIOUY])(?!\sCONGO)"),
        # "the Lt. Gov. said"
        make_list_rule("title", titles, r"(?=\s[a-z]{2}|[,;]|['’]s\b)", r"(?<=\b[Tt]he\s)"),
        make_list_rule("title", lists["forms of address"], r"(?=[\s,)]|(?<=\.)[A-Z]|\Z)"),
        make_list_rule(
            "title", lists["titles without a dot"], r"(?=(?:\s[A-Z]){0,3}\s[A-ZÀ-ÞŠŽ][\w'’]{0,40}[a-zà-þ.]|\s[A-Z]{2})"
        ),
        # "Dear Cllr,"
        make_list_rule("title", lists["titles without a dot"], r"(?=[,:])", r"(?<=\b[Dd]ear\s)"),
        make_list_rule("title", lists["ranks in capitals"], r"(?=\s[A-ZÀ-Þ][a-zà-þ]{1,20}\s[A-ZÀ-Þ])"),
    )


def _make_unnamed_rule(anchor: str, pattern: str, said: str) -> Rule:
    """Make the rule for a title that is another abbreviation after a name."""

    def read(match: re.Match[str]) -> Parts | None:
        named = _NAME_BEFORE.search(match.string, max(0, match.start() - 24), match.start())
        return None if named else say(match, said)

    return Rule("abbreviation", frozenset({anchor}), pattern, read)
