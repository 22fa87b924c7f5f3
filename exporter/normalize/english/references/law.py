"""Law: sections and clauses (§ 240.10b-5), citations (384 U.S. 436), courts (Del. Ct. Ch. 2023), codes, dockets."""

from __future__ import annotations

import re
from collections.abc import Iterable

from exporter.normalize import NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, find_abbreviation_end, spell_letters
from exporter.normalize.resolver import find_anchor
from exporter.normalize.roman_values import parse_roman
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

# A section: "175.10", "240.10b-5", "1396r-8", "78j(b)", "501(c)(3)", "2(1)(ii)".
_CLAUSES_PATTERN = r"(?:\((?:[A-Za-z]|\d{1,2}|[ivx]{2,4})\)){0,5}"
_SECTION_PATTERN = (
    rf"\d{{1,5}}(?:\.\d{{1,4}}){{0,2}}(?:[a-z]{{1,2}}|[A-Z])?(?:(?<=[a-z])-\d{{1,3}}[a-z]?(?![\w-]))?{_CLAUSES_PATTERN}"
)
_SECTION_PIECE = re.compile(r"\d+|[A-Za-z]+|\.(?=\d)")
_JOINT_PATTERN = r"(?:,\s(?:and\s|or\s)?|\s(?:and|or|to|through)\s|[-–—])"
_SECTION_JOINT = re.compile(rf"(?P<joint>^|{_JOINT_PATTERN})(?P<section>{_SECTION_PATTERN})")
_SECOND_SECTION = re.compile(r"[\s–]")
_ORDINAL_PATTERN = r"\d{1,2}(?:st|nd|rd|th|d)"
_YEAR_PATTERN = r"(?:1[789]|20)\d\d"
_BODIES_OF_LAW = frozenset("Code Codes Stat. Stats. Laws Law Const.".split())
_SECTION_NEXT = re.compile(r",?\s(?:§|ch\.|tit\.|art\.)")
_TWO_OF_ONE_LETTER = re.compile(r"([a-z])\1")


class _LawReader:
    """Reads references to laws and decisions."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        lists = load_table("en", "law")
        self.reporters, self.series = lists["reporters"], lists["reporters in series"]
        self.courts, self.codes = lists["courts"], lists["codes"]
        self.states: dict[str, str] = load_table("en", "abbreviations")["places"]
        court_words = _join_longest_first({**self.courts, **self.states})
        self.court_word = re.compile(rf"(?:{court_words})|{_ORDINAL_PATTERN}")

    def read_sections(self, match: re.Match[str]) -> Parts:
        """Read "§§ 12–15 and 78j(b)": each section by its parts."""
        is_one = match["marks"] == "§"  # then a dash belongs to the number: "§ 13-1203"
        many = not is_one or _SECOND_SECTION.search(match["sections"])
        said = [Word("sections" if many else "section", match.start(), match.end("marks"))]
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

    def read_citation(self, match: re.Match[str]) -> Parts:
        """Read where a decision of a court was published: "384 U.S. 436" is volume, reporter, page."""
        return (
            Word(english_numerals.say_designation(match["volume"]), *match.span("volume")),
            Word(self.say_reporter(match), match.start("reporter"), match.end("series")),
            Word(english_numerals.say_designation(match["page"].replace(",", "")), *match.span("page")),
        )

    def say_reporter(self, match: re.Match[str]) -> str:
        if not match["series"]:
            return str(self.reporters[match["reporter"]])
        return f"{self.series[match['reporter']]} {self.variety.say_ordinal(int(match['series'].strip()[0]))}"

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

    def read_code(self, match: re.Match[str]) -> Parts | None:
        """Read "Cal. Pen. Code", "Ohio Rev. Code Ann."."""
        words = match["words"].replace(",", "").split()
        state = [self.states[match["state"]]] if match["state"] else []
        if _BODIES_OF_LAW.isdisjoint(words) or not (state or _SECTION_NEXT.match(match.string, match.end())):
            return None
        said = " ".join([*state, *(self.codes[word] for word in words)])
        return (Word(said, match.start(), find_abbreviation_end(match.string, match.end())),)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for references to laws and decisions."""
    reader = _LawReader(variety)
    reporters, series, codes, states = map(
        _join_longest_first, (reader.reporters, reader.series, reader.codes, reader.states)
    )
    return (
        # One section or more: "§ 175.10", "§§ 12–15".
        Rule(
            "section",
            frozenset("§"),
            rf"(?P<marks>§(?P<more>§)?)\s?(?P<sections>(?P<first>{_SECTION_PATTERN})(?:(?:[-–—]|(?(more){_JOINT_PATTERN}(?!\d{{1,4}}\s(?!and\b|or\b)[A-Za-z])|(?!)))"
            rf"{_SECTION_PATTERN}){{0,6}})(?![\w%]|[.,:/]\d)",
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
            frozenset({TIED}),
            r"(?<![\w.,/$£€-])\d{1,4}(?:\.\d{1,3}){0,2}(?:\((?:[a-zA-Z]|\d{1,2}|[ivx]{2,4})\)){1,4}(?!\w)",
            lambda match: say(match, say_section(match.group())),
        ),
        # A public law: "Pub. L. 104-191".
        Rule(
            "docket",
            frozenset({TIED}),
            r"(?:(?<=\bPub\. L\. )|(?<=\bPub\.L\. )|(?<=\bL\. No\. ))(?P<first>\d{2,3})-(?P<second>\d{1,4})(?![\w-])",
            _read_docket,
        ),
        # Volume, reporter, page: "384 U.S. 436".
        Rule(
            "citation",
            frozenset({NUMBER}),
            rf"(?<![\w.,/$£€-])(?P<volume>\d{{1,4}})\s"
            rf"(?P<reporter>{reporters}|(?:{series})(?=\s?[2-9](?:d|th)))(?P<series>(?:\s?[2-9](?:d|th))?)\s"
            r"(?P<page>\d{1,2},\d{3}|\d{1,4})(?![\w%]|[.:]\d)",
            reader.read_citation,
        ),
        # A court in brackets: "(Del. Ct. Ch. 2023)", "(9th Cir.)".
        Rule(
            "court",
            frozenset({NUMBER, *(find_anchor(word) for word in (*reader.courts, *reader.states))}),
            rf"(?<=\()(?P<court>(?:(?:{reader.court_word.pattern})\s){{0,3}}(?:{_join_longest_first(reader.courts)}))"
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
        # The name of a code: "Cal. Pen. Code", "Rev. Code Ann.".
        Rule(
            "code of law",
            frozenset(map(find_anchor, (*reader.states, *reader.codes))),
            rf"(?<![\w.])(?:(?P<state>{states})\s)?(?P<words>(?:{codes})(?:,?\s(?:{codes})){{0,5}})(?!\w)",
            reader.read_code,
        ),
        # A case: "No. 22-451".
        Rule("docket", frozenset({TIED}), r"(?<=\bNo\.\s)(?P<first>\d\d)-(?P<second>\d{2,5})(?![\w-])", _read_docket),
        # The ordinal of "the 2d Cir.".
        Rule(
            "court",
            frozenset({TIED}),
            r"(?<![\w.,])(?P<number>[2-9]?[23])d(?=\s(?:Cir\.|Circuit\b|Dep't|Dept\.|Dist\.|District\b|Cong\.|Sess\.|ed\.|Cavalry|Marine|Infantry|Brigade|Battalion|Armored|Division))",
            lambda match: say(match, reader.variety.say_ordinal(int(match["number"]))),
        ),
        # A case of a federal court: "2:23-cv-01234-ABC".
        Rule(
            "docket",
            frozenset({TIED}),
            r"(?<![\w.:-])(?:(?P<office>\d):)?(?P<first>\d\d)-(?P<kind>cv|cr|mj|bk|md|mc|ap|civ|CV|CR)-(?P<second>\d{3,6})(?:-[A-Z]{2,4}(?:-[A-Z]{2,4})?)?(?!\w)",
            _read_federal_docket,
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


def _read_docket(match: re.Match[str]) -> Parts:
    """Read the number of a case at court: "No. 22-451"."""
    first, second = (english_numerals.say_designation(match[name]) for name in ("first", "second"))
    return say(match, f"{first} {second}")


def _read_federal_docket(match: re.Match[str]) -> Parts:
    """Read "2:23-cv-01234": the office, the year, the kind of case and its number; the judges' initials are silent."""
    office = f"{english_numerals.say_digits(match['office'])}, " if match["office"] else ""
    year = english_numerals.say_two_digits(int(match["first"]))
    number = english_numerals.say_designation(match["second"].lstrip("0") or "0")
    return say(match, f"{office}{year} {spell_letters(match['kind'].upper())} {number}")


def _join_longest_first(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
