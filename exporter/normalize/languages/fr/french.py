"""French: elision, the feminine "une", "premier", pairs of digits in telephone numbers."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, MIXED, NUMBER, Parts, Rule, say
from exporter.normalize.languages.agreement import NO_AGREEMENT, Agreement
from exporter.normalize.languages.language import Language
from exporter.normalize.roman_values import parse_roman
from exporter.script import Word

_ARTICLE_NUMBER = r"(?:[A-Z]\.?\s?)?\d[\d.-]{0,12}"
# "n° 21-14.490", "articles 132-19, 132-24 et": what makes numbers with hyphens those of a code or a file.
_ARTICLES_BEFORE = re.compile(
    rf"(?:\b[nN]°s?\s?|\b[Aa]rt\.\s|\b[Aa]rticles?\s)(?:{_ARTICLE_NUMBER}(?:,\s|\s(?:et|à|ou)\s)){{0,4}}(?:[A-Z]\s)?\Z"
)
_MAX_ARTICLES_CHARS = 64
_SECOND_ENDINGS = frozenset(("nd", "nde", "d", "de"))


class French(Language):
    """French."""

    def make_rules(self, family: str) -> tuple[Rule, ...]:
        """Return the rules of French alone."""
        match family:
            case "abbreviations":
                return (_STREET_NAME_RULE, _APPEAL_RULE)
            case "codes":
                return (self._make_daily_rule(),)
            case "dotted numbers":
                return (self._make_code_article_rule(),)
            case "fractions":
                return (self._make_decade_rule(),)
            case "ordinals":
                return self._make_degree_ordinal_rules()
            case "romans":
                return (self._make_raised_roman_rule(),)
        return ()

    def say_cardinal(self, number: int, agreement: Agreement = NO_AGREEMENT) -> str:
        """Return a cardinal in agreement with what it counts."""
        said = self.say_kind(number, "cardinal")
        return f"{said}e" if agreement.feminine and re.search(r"(?:\A|[\s-])un\Z", said) else said

    def say_ordinal(self, number: int, feminine: bool = False) -> str:
        """Return an ordinal."""
        said = super().say_ordinal(number)
        return "première" if feminine and number == 1 else said.replace("vingtsième", "vingtième")

    def say_raised(self, number: int, ending: str) -> str:
        """Return an ordinal in digits: "1re", "2nd"."""
        if ending.endswith("s"):
            return f"{self.say_raised(number, ending[:-1])}s"
        if ending in _SECOND_ENDINGS:
            return "seconde" if ending.endswith("e") else "second"
        return super().say_raised(number, ending)

    def say_phone_group(self, figures: str) -> str:
        """Return a pair as a number, with a leading zero on its own."""
        pair = len(figures) == 2 and figures[0] != "0"
        return self.say_cardinal(int(figures)) if pair else self.say_digits(figures)

    def join_noun(self, said: str, counted: str) -> str:
        """Return a noun after a number in words: "millions d'euros"."""
        joined = super().join_noun(said, counted)
        return f"d'{counted}" if joined != counted and counted[0] in "aeiouhéè" else joined

    def say_duration(self, hours: int, minutes: int) -> str:
        """Return hours and minutes that pass: "deux heures une minute"."""
        return re.sub(r"(heures?) et ", r"\1 ", super().say_duration(hours, minutes))

    def _make_daily_rule(self) -> Rule:
        def read_daily(match: re.Match[str]) -> Parts | None:
            """Read "24h/24", "7j/7"."""
            unit = self.say_unit(match["unit"], single=False)
            first, last = (self.say_cardinal(int(match[name])) for name in ("first", "last"))
            return say(match, f"{first} {unit} {self.words['over']} {last}")

        pattern = r"(?<![\w.,/-])(?P<first>\d{1,2})\s?(?P<unit>h|j)/(?P<last>\d{1,2})(?!\w)"
        return Rule("joined", frozenset({NUMBER}), pattern, read_daily)

    def _make_code_article_rule(self) -> Rule:
        def read_article(match: re.Match[str]) -> Parts | None:
            """Read the number of an article, a decree or an appeal: "L. 123-4", "n° 2020-293", "n° 21-14.490"."""
            before = match.string[max(0, match.start() - _MAX_ARTICLES_CHARS) : match.start()]
            if not match["book"] and not _ARTICLES_BEFORE.search(before):
                return None
            said = " tiret ".join(
                " point ".join(map(self.say_number, part.split("."))) for part in match["figures"].split("-")
            )
            number = Word(said, *match.span("figures"))
            return (Word(match["book"], *match.span("book")), number) if match["book"] else (number,)

        book = r"(?:(?P<book>[LRDA])(?:\.\s?|\s(?=\d{3,4}-)))?"
        pattern = rf"(?<![\w.,/-]){book}(?P<figures>[1-9]\d{{0,3}}(?:-\d{{1,4}}){{1,3}}(?:\.\d{{3}})?)(?!\w)"
        return Rule("provision", frozenset({LETTER, NUMBER}), pattern, read_article)

    def _make_decade_rule(self) -> Rule:
        def read_decade(match: re.Match[str]) -> Parts:
            # "vingt" takes its plural only if it counts something.
            return (Word(self.say_cardinal(int(match["number"])).removesuffix("s"), *match.span("number")),)

        return Rule("decade", frozenset({NUMBER}), r"(?<=[Aa]nnées )(?P<number>80)(?!\d)", read_decade)

    def _make_degree_ordinal_rules(self) -> tuple[Rule, ...]:
        def read_ordinal(match: re.Match[str]) -> Parts | None:
            """Read an ordinal with the sign of degrees: "le 1° étage", "la 2° fois"."""
            if match["noun"] in self.nouns.functions:
                return None
            said = self.say_ordinal(int(match["number"]), match["article"] in ("la", "La"))
            return (Word(said, match.start("number"), match.end("number") + 1),)

        def read_adverb(match: re.Match[str]) -> Parts:
            """Read the number of a party or an argument: "1°/ à Mme Durand", "2°) la société"."""
            return say(match, f"{self.say_ordinal(int(match['number']), feminine=True)}ment")

        article = r"(?<!\w)(?P<article>[LlDd][eau]|[Aa]u)\s"
        pattern = rf"(?<={article})(?P<number>[1-9]\d?)°(?=\s(?!nord|sud|est\b|ouest)(?P<noun>[^\W\d_]{{3,24}}))"
        listed = r"(?<![\w.,])(?P<number>[1-9])°[/)](?=\s)"
        return (
            Rule("ordinal", frozenset({NUMBER}), pattern, read_ordinal),
            Rule("ordinal", frozenset({NUMBER}), listed, read_adverb),
        )

    def _make_raised_roman_rule(self) -> Rule:
        def read_raised(match: re.Match[str]) -> Parts | None:
            """Read a numeral with the ending of an ordinal: XIXe, Ier, IIᵉ, XV°, or before one that has it: XI-XII°."""
            number = parse_roman(match["roman"])
            if number is None:
                return None
            said = self.say_ordinal(number, match["ending"] in ("re", "ère"))
            return (Word(f"{said} siècle" if match["century"] else said, match.start(), match.end()),)

        ending = r"(?P<ending>ème|ère|er|re|[eᵉ°]|(?=-[IVX]{1,7}[eᵉ°]))(?!\w)"
        raised = rf"(?<![\w.])(?P<roman>[IVX]{{1,7}}){ending}(?P<century>\ss\.(?!\w))?"
        return Rule("roman", frozenset({CAPITALS, LETTER, MIXED, ""}), raised, read_raised)


_STREET_NAMES = {
    "St": "Saint",
    "Ste": "Sainte",
    "Gal": "Général",
    "Mal": "Maréchal",
    "Dr": "Docteur",
    "Pdt": "Président",
}


def _read_street_name(match: re.Match[str]) -> Parts:
    return say(match, _STREET_NAMES[match["short"]])


# The beginning of a name of a place: "St-Étienne", "avenue du Gal-Leclerc".
_STREET_NAME_RULE = Rule(
    "abbreviation",
    frozenset(short.lower() for short in _STREET_NAMES),
    rf"(?<!\w)(?P<short>{'|'.join(_STREET_NAMES)})(?=-[A-ZÀ-Þ])",
    _read_street_name,
)


def _read_appeal(match: re.Match[str]) -> Parts:
    return say(match, "numéro")


# The sign before the letter of an appeal: "n° Z 19-10.609".
_APPEAL_RULE = Rule("abbreviation", frozenset(("n°", "n", "N")), r"(?<!\w)[nN]°(?=\s[A-Z]\s\d)", _read_appeal)
