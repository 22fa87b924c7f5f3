"""German: inflected ordinals, compounds, numbers without agreement but for one."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, NUMBER, TIED, Parts, Rule, say
from exporter.normalize.languages.agreement import NO_AGREEMENT, Agreement
from exporter.normalize.languages.de.regnal_cases import MAX_CLAUSE_CHARS, find_regnal_case
from exporter.normalize.languages.language import NUMBER as FIGURES
from exporter.normalize.languages.language import Language
from exporter.normalize.roman_values import parse_roman
from exporter.script import Word

# The endings of an ordinal: weak after these determiners, none after an article in the nominative.
# A noun before "der" makes it a genitive: "Ende der dritten Woche".
_WEAK_DETERMINERS = (
    r"(?i:(?:in|an|auf|mit|von|nach|vor|seit|aus|bei|zu|während)\sder|am|vom|zum|zur|beim|dem|den|des|im|ab|seit"
    r"|(?!Jeder)(?:ein|sein|ihr|kein|dies|jed)e[mnr]|(?:dies|jed|ein|sein|ihr)es)"
)
_ORDINAL_ARTICLE = re.compile(
    rf"\b{_WEAK_DETERMINERS}\s\Z|(?<=[\w,] )[A-ZÄÖÜ]\w+\sder\s\Z"
    r"|\b(?P<nominative>(?i:der|die|das|(?:ein|sein|ihr|unser|dies|jed)e)|Jeder)\s\Z"
)
# "im 2. und 3. Quartal": the article stands before the first of them.
_ORDINAL_SERIES = re.compile(r"(?:\d{1,3}\.(?:\s?[-–/]\s?|,?\s(?:bis|und|oder|zum|sowie)\s|,\s))+\Z")
# Words that begin what an ordinal ends: "ihr 100. Sieg", "1. und 3. Donnerstag".
_ORDINAL_OPENING = re.compile(r"\b(?:(?i:als|[msdk]?ein|ihr|unser|euer)|\d{1,3}\.\s(?:und|oder|bis))\s\Z")
_BETWEEN_DAYS = re.compile(r"\b(?i:zwischen)\s(?:\d.{0,48}\sund\s)?\Z")
_MAX_BETWEEN_CHARS = 72  # searched for the word before the first of two days
_MAX_GOAL_CHARS = 160  # searched for the words of a goal
_MAX_WORDS_BEFORE_CHARS = 32  # searched for the article before an ordinal
# Beside these, a number with a dot in brackets is a minute: "traf (35.)".
_GOAL_NEAR = re.compile(r"\b(?:Minute|traf|Tore?n?|Treffer|Ausgleich|Führung|eingewechselt|Elfmeter)\b|\b\d:\d\b")
_NAME_BEFORE = re.compile(r"([^\W\d_]+)[ \u00a0\u202f]\Z")
_TITLED_NAME = re.compile(r"\b(?:König|Königin|Kaiser|Kaiserin|Papst|Zar|Zarin|Herzog|Fürst|Sultan)\s[\w-]+\s\Z")
_MAX_NAME_CHARS = 24  # searched for the name before a numeral
# At the end of a sentence the dot of an ordinal also ends the sentence.
_SENTENCE_END = re.compile(r"\s*\Z|\s+(?:Der|Die|Das|Er|Sie|Es|Im|In|Am|Und)\b")


class German(Language):
    """German."""

    def make_rules(self, family: str) -> tuple[Rule, ...]:
        """Return the rules of German alone."""
        match family:
            case "abbreviations":
                return (_PAGES_RULE, _SAINT_RULE)
            case "amounts":
                return (self._make_percent_rule(),)
            case "codes":
                return (self._make_postcode_rule(),)
            case "fractions":
                return (self._make_decade_rule(),)
            case "ordinals":
                return (self._make_ordinal_rule(), self._make_added_time_rule())
            case "romans":
                return (self._make_regnal_rule(), self._make_roman_ordinal_rule())
            case "web":
                # "am 4./5. September"
                pattern = r"(?<=\d\.)/(?=\d\d?\.)"
                return (Rule("sign", frozenset("/"), pattern, lambda match: say(match, self.words["and"])),)
        return ()

    def say_year(self, number: int) -> str:
        """Return a year in words: "neunzehnhundertneunundneunzig"."""
        return self.say_kind(number, "year")

    def say_noun_ordinal(self, number: int, noun: str) -> str:  # noqa: ARG002  without its dot it is none
        """Return a Roman numeral before a noun, where an ordinal would have a dot: "VII ZR 12/24"."""
        return self.say_cardinal(number)

    def say_day(self, number: int, suffix: str, text: str, at: int) -> str:  # noqa: ARG002  the words before decide
        """Return a day of the month: "dritter", "am dritten", "zwischen drittem und fünftem"."""
        if _BETWEEN_DAYS.search(text[max(0, at - _MAX_BETWEEN_CHARS) : at]):
            return f"{self.say_ordinal(number)}m"
        return self._inflect_ordinal(number, text, at)

    def say_first(self, written: str, agreement: Agreement = NO_AGREEMENT) -> str:
        """Return the first number of a span; one has no ending there: "ein bis zwei Tabletten"."""
        return "ein" if written == "1" and agreement.counts else super().say_first(written, agreement)

    def say_mixed(self, whole: str, above: int, below: int, form: str) -> str:
        """Return a number and a fraction: "zweieinhalb"."""
        if (above, below) != (1, 2):
            return super().say_mixed(whole, above, below, form)
        return "eineinhalb" if whole == "1" else f"{self.say_cardinal(int(whole))}einhalb"

    def name_parts(self, below: int) -> str:
        """Return the name of the parts of a fraction."""
        names: dict[str, str] = self.tables["fractions"]
        return names.get(str(below)) or f"{self.say_ordinal(below)}l".capitalize()

    def inflect_unit(self, name: str, agreement: Agreement) -> str:
        """Return the plural of a unit, which has an "n" in the dative: "mit achtzig Kilometern", "von 72 Jahren"."""
        first, space, rest = name.partition(" ")
        if not agreement.form.startswith("dative") or not first.endswith(("er", "re")):
            return name
        return f"{first}n{space}{rest}"

    def is_mixed_single(self, whole: str) -> bool:  # noqa: ARG002  always the plural
        """Whether the unit after a number and a fraction is in the singular: never, "eineinhalb Stunden"."""
        return False

    def _inflect_ordinal(self, number: int, text: str, at: int) -> str:
        """Return an ordinal inflected by the words before it: "der dritte", "am dritten", "dritter"."""
        before = _ORDINAL_SERIES.sub("", text[max(0, at - _MAX_WORDS_BEFORE_CHARS) : at])
        found = _ORDINAL_ARTICLE.search(before)
        if not found:
            return f"{self.say_ordinal(number)}r"
        return self.say_ordinal(number) if found["nominative"] else f"{self.say_ordinal(number)}n"

    def _is_numbered(self, before: str) -> bool:
        """Whether a number follows its noun, so that a dot after it ends the sentence: "auf Platz 3. Montag ..."."""
        found = _NAME_BEFORE.search(before)
        return found is not None and found[1].lower() in self.nouns.numbered

    def _find_gender(self, noun: str) -> str:
        return self.nouns.agree_with(noun).form[-1]

    def _make_postcode_rule(self) -> Rule:
        def read_digits(match: re.Match[str]) -> Parts:
            return say(match, self.say_digits(match.group()))

        return Rule("code", frozenset({NUMBER}), r"(?<=,\s)\d{5}(?=\s[A-ZÄÖÜ][a-zäöü])", read_digits)

    def _make_percent_rule(self) -> Rule:
        def read_percent(match: re.Match[str]) -> Parts:
            """Read "0,9%ige", "10-Min.-Takt", "90-kWh-Akku" by the word that the short form stands for."""
            said = self.say_number(match["number"])
            if match["ending"]:
                return say(match, f"{said}prozent{match['ending']}")
            return say(match, f"{said} {self.say_unit(match['unit'], single=False)}")

        units = "|".join(sorted(filter(str.isalpha, self.unit_signs), key=len, reverse=True))
        short = rf"\s?%-?(?P<ending>ig(?:e[mnrs]?)?)(?!\w)|-(?P<unit>{units})\.?-(?=[A-ZÄÖÜ])"
        pattern = rf"(?<![\w.,/-])(?P<number>{FIGURES})(?:{short})"
        return Rule("percent", frozenset({NUMBER}), pattern, read_percent)

    def _make_decade_rule(self) -> Rule:
        def read_decade(match: re.Match[str]) -> Parts:
            number = int(match["number"])
            said = self.say_year(number) if number > 999 else self.say_cardinal(number)
            hyphen = (match["years"] or "").startswith("-")  # "1990er-Jahre" are two words
            return (Word(f"{said}er", match.start(), match.end("ending") + hyphen),)

        pattern = r"(?<![\w.,])(?P<number>(?:1\d|20)?\d\d|[2-9])(?P<ending>er)(?P<years>[\s-]Jahren?)?(?!\w)"
        return Rule("decade", frozenset({TIED}), pattern, read_decade)

    def _make_ordinal_rule(self) -> Rule:
        """Return the rule for digits with a dot that does not end the sentence."""

        def read(match: re.Match[str]) -> Parts | None:
            number, noun, text, at = int(match["number"]), match["noun"], match.string, match.start()
            said = self._inflect_ordinal(number, text, at)
            if match["rank"] and _GOAL_NEAR.search(text[max(0, at - _MAX_GOAL_CHARS) : match.end() + _MAX_GOAL_CHARS]):
                said = self.say_ordinal(number)
            elif said.endswith("r") and noun:
                before = text[max(0, at - _MAX_WORDS_BEFORE_CHARS) : at]
                # Without an article before it, the dot more likely ends the sentence.
                if not (noun.lower().endswith(counted) or _ORDINAL_OPENING.search(before)):
                    return None
                if self._is_numbered(before) or noun.lower() in self.nouns.functions:
                    return None
                endings = _DATIVE_ENDINGS if _DATIVE_PREPOSITION.search(before) else _STRONG_ENDINGS
                said = self.say_ordinal(number) + endings[self._find_gender(noun)]
            return (Word(said, at, match.end("dot")),)

        counted = tuple(noun.lower() for noun in self.word_set("ordinals.nouns"))
        behind = r"(?P<rank>[,;)])|\s(?:(?P<noun>[A-ZÄÖÜ]\w{0,24}+)|(?P<same>[a-zäöü]))"
        pattern = rf"(?<![\w.,])(?P<number>\d{{1,3}})(?P<dot>\.)(?={behind})"
        return Rule("ordinal", frozenset({NUMBER}), pattern, read)

    def _make_added_time_rule(self) -> Rule:
        def read_minute(match: re.Match[str]) -> Parts:
            """Read "90.+3": a minute of added time."""
            minute, added = (self.say_cardinal(int(match[name])) for name in ("minute", "added"))
            return say(match, f"{minute} {self.words['plus']} {added}")

        pattern = r"(?<![\w.,])(?P<minute>45|90|105|120)\.\s?\+\s?(?P<added>\d{1,2})\.?(?!\w)"
        return Rule("ordinal", frozenset({NUMBER}), pattern, read_minute)

    def _make_roman_ordinal_rule(self) -> Rule:
        def read_ordinal(match: re.Match[str]) -> Parts | None:
            """Read a numeral with a dot between an article and a noun: "das II. Korps"."""
            number = parse_roman(match["roman"])
            before = match.string[max(0, match.start() - _MAX_WORDS_BEFORE_CHARS) : match.start()]
            if number is None or not _ORDINAL_ARTICLE.search(before):
                return None
            return say(match, self._inflect_ordinal(number, match.string, match.start()))

        pattern = r"(?<![\w.])(?P<roman>[IVX]{1,7})\.(?=\s[A-ZÄÖÜ])"
        return Rule("roman", frozenset({CAPITALS, LETTER}), pattern, read_ordinal)

    def _make_regnal_rule(self) -> Rule:
        women = self.word_set("romans.women")
        names = self.word_set("romans.names") | women

        def read_regnal(match: re.Match[str]) -> Parts | None:
            """Read a numeral with a dot after a name: "Ludwig XIV." is "der Vierzehnte", "Ludwigs XIV." "des ..."."""
            number = parse_roman(match["roman"])
            found = _NAME_BEFORE.search(match.string[max(0, match.start() - _MAX_NAME_CHARS) : match.start()])
            name = found[1] if found else ""
            before = match.string[max(0, match.start() - _MAX_NAME_CHARS - len(name)) : match.start()]
            is_listed = name in names or name.removesuffix("s") in names or _TITLED_NAME.search(before)
            is_name = name[:1].isupper() and name.lower() not in self.nouns.functions
            if number is None or not is_name or (len(match["roman"]) == 1 and not is_listed):
                return None
            is_woman = name in women or name.removesuffix("s") in women
            is_genitive = name.removesuffix("s") in names and name not in names
            name_start = match.start() - len(name) - 1
            before = match.string[max(0, name_start - MAX_CLAUSE_CHARS) : name_start]
            case = "genitive" if is_genitive else find_regnal_case(before, names)
            said = f"{_ARTICLES[case][is_woman]} {self.say_ordinal(number).capitalize()}{_ENDINGS[case][is_woman]}"
            ends = _SENTENCE_END.match(match.string[match.end() : match.end() + 8])
            return (Word(said, match.start(), match.end() - (1 if ends else 0)),)

        pattern = r"(?<![\w.])(?P<roman>[IVXLCDM]{1,9})\.(?!\w)"
        return Rule("roman", frozenset({CAPITALS, LETTER}), pattern, read_regnal)


# Of an ordinal without an article, in the nominative: "dritter Platz", "zweite Halbzeit", "drittes Obergeschoss".
_STRONG_ENDINGS = {"m": "r", "f": "", "n": "s"}
# The same after a preposition: "in erster Instanz", "auf drittem Platz".
_DATIVE_ENDINGS = {"m": "m", "f": "r", "n": "m"}
_DATIVE_PREPOSITION = re.compile(r"\b(?i:in|auf|ab|nach|mit|von|zu|bei|aus|seit|vor)\s\Z")

# The article and the ending of the ordinal of a king and of a queen.
_ARTICLES = {
    "nominative": ("der", "die"),
    "genitive": ("des", "der"),
    "dative": ("dem", "der"),
    "accusative": ("den", "die"),
}
_ENDINGS = {"nominative": ("", ""), "genitive": ("n", "n"), "dative": ("n", "n"), "accusative": ("n", "")}


def _read_pages(match: re.Match[str]) -> Parts:
    ends = _SENTENCE_END.match(match.string[match.end() : match.end() + 8])
    return (Word("fortfolgende" if match["many"] else "folgende", match.start(), match.end() - (1 if ends else 0)),)


# Behind the number of a page or a paragraph: "S. 112 f.".
_PAGES_RULE = Rule("abbreviation", frozenset({"f", "ff"}), r"(?<=\d\s)(?P<short>f(?P<many>f)?\.)(?!\w)", _read_pages)


def _read_saint(match: re.Match[str]) -> Parts:
    """Read "hl." by the article before it: "der heilige Georg", "den heiligen Georg", "Heilige Anna"."""
    ending = (
        "n"
        if match["oblique"] is not None
        else ""
        if match["article"] is not None or match["name"].endswith("a")
        else "r"
    )
    return (Word(f"{match['saint'][0]}eilige{ending}", *match.span("saint")),)


_SAINT_RULE = Rule(
    "abbreviation",
    frozenset({"hl"}),
    r"(?:(?P<oblique>(?<=dem )|(?<=den )|(?<=des )|(?<=vom )|(?<=zum ))|(?P<article>(?<=der )|(?<=die ))|(?<!\w))"
    r"(?P<saint>[Hh]l\.)\s(?P<name>[A-ZÄÖÜ]\w{2,24})",
    _read_saint,
)
