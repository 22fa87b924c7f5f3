"""Law: sections and clauses (§ 240.10b-5), names of codes (Cal. Pen. Code)."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import (
    Variety,
    find_abbreviation_end,
    join_longest_first,
    spell_letters,
)
from exporter.normalize.resolver import find_anchor
from exporter.normalize.roman_values import parse_roman
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

# A section: "175.10", "240.10b-5", "1396r-8", "78j(b)", "501(c)(3)", "2(1)(ii)".
_CLAUSE_PATTERN = r"\((?:[A-Za-z]|\d{1,2}|[ivx]{2,4})\)"
_CLAUSES_PATTERN = rf"(?:{_CLAUSE_PATTERN}){{0,5}}"
_SECTION_PATTERN = (
    rf"\d{{1,5}}(?:\.\d{{1,4}}){{0,2}}(?:[a-z]{{1,2}}|[A-Z])?(?:(?<=[a-z])-\d{{1,3}}[a-z]?(?![\w-]))?{_CLAUSES_PATTERN}"
)
_SECTION_PIECE = re.compile(r"\d+|[A-Za-z]+|\.(?=\d)")
_JOINT_PATTERN = r"(?:,\s(?:and\s|or\s)?|\s(?:and|or|to|through)\s|[-–—])"
_SECTION_JOINT = re.compile(rf"(?P<joint>^|{_JOINT_PATTERN})(?P<section>{_SECTION_PATTERN})")
_SECOND_SECTION = re.compile(r"[\s–]")
_BODIES_OF_LAW = frozenset("Code Codes Stat. Stats. Laws Law Const.".split())
_SECTION_NEXT = re.compile(r",?\s(?:§|ch\.|tit\.|[Aa]rt\.|[Aa]mend\.)")
_TWO_OF_ONE_LETTER = re.compile(r"([a-z])\1")


_SECTIONS_PATTERN = (
    rf"(?P<sections>(?P<first>{_SECTION_PATTERN})(?:(?:[-–—]|(?(more){_JOINT_PATTERN}(?!\d{{1,4}}\s(?!and\b|or\b)[A-Za-z])|(?!)))"
    rf"{_SECTION_PATTERN}){{0,6}})(?![\w%]|[.,:/]\d)"
)


class _LawReader:
    """Reads references to laws."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = load_table("en", "law")["codes"]
        self.states: dict[str, str] = load_table("en", "abbreviations")["places"]

    def read_sections(self, match: re.Match[str]) -> Parts:
        """Read "§§ 12–15 and 78j(b)": each section by its parts."""
        is_one = match["more"] is None  # then a dash belongs to the number: "§ 13-1203"
        many = not is_one or _SECOND_SECTION.search(match["sections"])
        word = {"S": "Section", "u": "under section"}.get(match["marks"][0], "section")
        said = [Word(f"{word}s" if many else word, match.start(), match.end("marks"))]
        base = match.start("sections")
        for found in _SECTION_JOINT.finditer(match["sections"]):
            if found["joint"][:1] == ",":
                said[-1] = Word(f"{said[-1].text},", said[-1].start, said[-1].end)
            joint = found["joint"].strip(" ,")
            joint = (
                ("" if is_one and joint == "-" else "to ") if joint in ("-", "–", "—") else f"{joint} " if joint else ""
            )
            said.append(Word(joint + say_section(found["section"]), base + found.start(), base + found.end()))
        return tuple(said)

    def read_code(self, match: re.Match[str]) -> Parts | None:
        """Read "Cal. Pen. Code", "Ohio Rev. Code Ann."."""
        words = match["words"].replace(",", "").split()
        state = [self.states[match["state"]]] if match["state"] else []
        if _BODIES_OF_LAW.isdisjoint(words) or not (state or _SECTION_NEXT.match(match.string, match.end())):
            return None
        said = " ".join([*state, *(self.codes[word] for word in words)])
        return (Word(said, match.start(), find_abbreviation_end(match.string, match.end())),)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for references to laws."""
    del variety  # the same in all varieties
    reader = _LawReader()
    codes, states = map(join_longest_first, (reader.codes, reader.states))
    return (
        # One section or more: "§ 175.10", "§§ 12–15".
        Rule("section", frozenset("§"), rf"(?P<marks>§(?P<more>§)?)\s?{_SECTIONS_PATTERN}", reader.read_sections),
        # "s. 24(1)", "ss. 7, 8 and 9", "S.36 OF THE ACT".
        Rule(
            "section",
            frozenset({"s", "ss"}),
            rf"(?<![\w.])(?<!\d\s)(?P<marks>(?:s|S(?=\.\s?\d{{1,3}}[A-Z]?(?:\(\w{{1,3}}\)){{0,3}}\s(?i:of|and|or)\b))(?P<more>s)?\.)\s?{_SECTIONS_PATTERN}",
            reader.read_sections,
        ),
        # "under s 33(1)", "Act 1886 (Qld) s 222", "s452(2)(b)".
        Rule(
            "section",
            frozenset({"s", "ss"}),
            rf"(?:\A|(?<=[(),;–]\s)|(?<=[(])|(?<=\bto\s)|(?<=\bunder\s)|(?<=\bof\s)|(?<=\bin\s)|(?<=\bby\s)|(?<=\band\s)|(?<=\bthe\s)|(?<=\ba\s)|(?<=\br/w\s))"
            rf"(?P<marks>s(?P<more>s)?)\s?{_SECTIONS_PATTERN}",
            reader.read_sections,
        ),
        # "u/s 302"
        Rule(
            "section",
            frozenset("u"),
            rf"(?<!\w)(?P<marks>u/(?P<more>ss)?s?)\s{_SECTIONS_PATTERN}",
            reader.read_sections,
        ),
        Rule("section", frozenset("§"), "§§", lambda match: say(match, "sections")),
        Rule("section", frozenset("¶"), r"¶¶(?=\s?\d)", lambda match: say(match, "paragraphs")),
        # After a word: "Rule 10b-5", "section 240.10b-5".
        Rule(
            "section",
            frozenset({TIED}),
            r"(?:(?<=\b[Rr]ule\s)|(?<=\b[Ss]ection\s)|(?<=\b[Ss]ec\.\s))(?P<section>\d{1,5}(?:\.\d{1,4})?[a-z]{1,2}-\d{1,3})(?!\w)",
            lambda match: say(match, say_section(match["section"])),
        ),
        # The rest of "4(a)–(c)".
        Rule(
            "section",
            frozenset("-–"),
            r"(?<=\(\w\))[-–]\((?P<last>[a-zA-Z]|\d{1,2})\)",
            lambda match: say(match, f"to {say_section(match['last'])}"),
        ),
        # A number with clauses: "924(c)", "14.2(a)(iii)".
        Rule(
            "section",
            frozenset({FOLLOWED}),
            rf"(?:(?<=\b[Ss]ection\s)\d{{1,4}}[A-Z]?\s|(?<=\bsec\.\s)\d{{1,4}}[A-Z]?\s|(?<![\w.,/$£€-])\d{{1,4}}(?:\.\d{{1,3}}){{0,2}}){_CLAUSE_PATTERN}(?:\s?{_CLAUSE_PATTERN}){{0,4}}(?!\w|:\s?\d)",
            lambda match: say(match, say_section(match.group())),
        ),
        # The name of a code: "Cal. Pen. Code", "Rev. Code Ann.".
        Rule(
            "code of law",
            frozenset(map(find_anchor, (*reader.states, *reader.codes))),
            rf"(?<![\w.])(?:(?P<state>{states})\s)?(?P<words>(?:{codes})(?:,?\s(?:{codes})){{0,5}})(?!\w)",
            reader.read_code,
        ),
    )


def say_section(written: str) -> str:
    """Say the number of a section of the law by its parts: "240.10b-5" is "two forty point ten B five"."""
    said = []
    previous = ""
    for piece in _SECTION_PIECE.findall(written):
        if piece == ".":
            said.append("point")
        elif piece.isalpha():
            is_numeral = len(piece) > 1 and (piece == "ii" or not _TWO_OF_ONE_LETTER.fullmatch(piece))
            roman = parse_roman(piece.upper()) if is_numeral else None
            said.append(english_numerals.say_cardinal(roman) if roman else spell_letters(piece.upper()))
        elif previous == "." and len(piece) == 2:
            said.append(english_numerals.say_two_digits(int(piece)))
        else:
            said.append(english_numerals.say_designation(piece))
        previous = piece
    return " ".join(said)
