"""German: inflected ordinals, compounds, numbers without agreement but for one."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER, TIED, Parts, Rule, say
from exporter.normalize.languages.agreement import NO_AGREEMENT, Agreement
from exporter.normalize.languages.de.german_ordinals import inflect_day, make_ordinal_rules, make_roman_ordinal_rule
from exporter.normalize.languages.de.german_regnals import SENTENCE_END, make_regnal_rule
from exporter.normalize.languages.de.german_scores import make_score_rule
from exporter.normalize.languages.language import NUMBER as FIGURES
from exporter.normalize.languages.language import Language
from exporter.script import Word


class German(Language):
    """German."""

    def make_rules(self, family: str) -> tuple[Rule, ...]:
        """Return the rules of German alone."""
        match family:
            case "abbreviations":
                return (_PAGES_RULE, _SAINT_RULE, _SENTENCE_OF_LAW_RULE, _SPOON_RULE, _CENTURY_RULE)
            case "amounts":
                return (self._make_percent_rule(),)
            case "codes":
                return (self._make_postcode_rule(),)
            case "durations":
                return (make_score_rule(self),)
            case "fractions":
                return (self._make_decade_rule(),)
            case "ordinals":
                return make_ordinal_rules(self)
            case "romans":
                return (make_regnal_rule(self), make_roman_ordinal_rule(self))
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
        return inflect_day(self, number, text, at)

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
        if not agreement.form.startswith("dative") or not first.endswith(("er", "re", "el")):
            return name
        return f"{first}n{space}{rest}"

    def is_mixed_single(self, whole: str) -> bool:  # noqa: ARG002  always the plural
        """Whether the unit after a number and a fraction is in the singular: never, "eineinhalb Stunden"."""
        return False

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


def _read_pages(match: re.Match[str]) -> Parts:
    ends = SENTENCE_END.match(match.string[match.end() : match.end() + 8])
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


_LAW_BEFORE = re.compile(r"(?:§\s?\d{1,4}[a-z]?|\bAbs(?:atz|\.)\s?\d{1,2}[a-z]?|\bArt(?:ikel|\.)\s?\d{1,4}[a-z]?)\s\Z")
_MAX_LAW_CHARS = 16


def _read_sentence_of_law(match: re.Match[str]) -> Parts | None:
    """Read "S." behind a paragraph or a subsection: "§ 7 Abs. 2 S. 1"; elsewhere it is a page."""
    before = match.string[max(0, match.start() - _MAX_LAW_CHARS) : match.start()]
    return (Word("Satz", *match.span()),) if _LAW_BEFORE.search(before) else None


def _read_spoon(match: re.Match[str]) -> Parts:
    return say(match, "Esslöffel" if match.group()[0] == "E" else "Teelöffel")


# Behind how full it is: "einen gehäuften EL Mehl", "2 gestr. TL".
_SPOON_RULE = Rule(
    "abbreviation",
    frozenset(("el", "tl")),
    r"(?:(?<=gehäufte[nr] )|(?<=gestrichene[nr] )|(?<=knappe[nr] )|(?<=halbe[nr] )"
    r"|(?<=gehäufte )|(?<=gestrichene )|(?<=gestr\. ))[ET][Ll](?!\w)",
    _read_spoon,
)
_SENTENCE_OF_LAW_RULE = Rule("abbreviation", frozenset({"s"}), r"(?<!\w)S\.(?=\s?\d)", _read_sentence_of_law)


_GENITIVE_ORDINAL = re.compile(r"\b[Dd]es\s(?:\d{1,2}\.\s(?:und|oder|bis)\s)?\d{1,2}\.\s?\Z")
_MAX_ORDINAL_CHARS = 20


def _read_century(match: re.Match[str]) -> Parts:
    """Read "Jh." in its case: "das 12. Jh.", "des 12. Jh."."""
    before = match.string[max(0, match.start() - _MAX_ORDINAL_CHARS) : match.start()]
    ends = SENTENCE_END.match(match.string[match.end() : match.end() + 8])
    said = "Jahrhunderts" if _GENITIVE_ORDINAL.search(before) else "Jahrhundert"
    return (Word(said, match.start(), match.end() - (1 if ends else 0)),)


_CENTURY_RULE = Rule("abbreviation", frozenset({"jh", "jhd", "jhdt"}), r"(?<!\w)Jh(?:d|dt)?\.(?!\w)", _read_century)
