"""Dutch: years by hundreds, "een" inside compounds, monarchs with an ordinal after the article."""

from __future__ import annotations

import re

from exporter.normalize import MIXED, NUMBER, TIED, Parts, Rule, say
from exporter.normalize.languages.agreement import NO_AGREEMENT, Agreement
from exporter.normalize.languages.language import Language
from exporter.normalize.roman_values import parse_roman
from exporter.script import Word

_THOUSANDS_GAP = re.compile(r"(?<=duizend)(?=[a-zé])")
_BEFORE_SCORE = re.compile(
    r"(?:\b(?i:met|in|de|een|het|uitslag|\w{0,5}stand|scoreverloop|werd|bleef|won|wint|verloor|verliest):?\s|\("
    r"|\d-\d(?:,| en)\s|\w(?:[-–]|\s[-–]\s)[A-Z][\w ]{1,20}\s)\Z"
)
# These announce a score if it counts nothing: "er 1-1 van maken", "niet verder dan 2-2".
_MAYBE_BEFORE_SCORE = re.compile(r"\b(?:er|w[eé]l|naar|dan|op|bij|tot|toch|weer|snel|al|nog)\s\Z")
_NOUN_BEHIND = re.compile(r"\s([a-zà-ÿ]+)")
_MAX_WORDS_BEFORE_CHARS = 40  # searched for what announces a score
# What a range counts, which is no score: "in 3-4 dagen".
_COUNTED = r"\s(?:jaar|dagen|weken|maanden|uur|minuten|keer|procent|graden|euro|mil|meter|kilo|personen|mensen)"
_AFTER_SCORE = (
    "voor|gelijk|tegen|achter|verlies|zege|winst|nederlaag|gewonnen|verloren|voorsprong|achterstand|eindstand"
)
_YEARS_BY_HUNDREDS = range(1100, 2000)


class Dutch(Language):
    """Dutch."""

    def make_rules(self, family: str) -> tuple[Rule, ...]:
        """Return the rules of Dutch alone."""
        match family:
            case "dotted numbers":
                return (self._make_provision_rule(),)
            case "codes":
                return (self._make_postcode_rule(), self._make_over_rule())
            case "times":
                return self._make_result_rules()
            case "romans":
                return (self._make_raised_roman_rule(),)
            case "numbers":
                return (self._make_score_rule(),)
        return ()

    def say_cardinal(self, number: int, agreement: Agreement = NO_AGREEMENT) -> str:  # noqa: ARG002  nothing agrees
        """Return a cardinal; a space follows "duizend" (Taalunie), and only a lone one has its accents."""
        said = self.say_kind(number, "cardinal")
        return said if number == 1 else _THOUSANDS_GAP.sub(" ", said.replace("één", "een"))

    def say_ordinal(self, number: int, feminine: bool = False) -> str:
        """Return an ordinal."""
        return _THOUSANDS_GAP.sub(" ", super().say_ordinal(number, feminine))

    def say_year(self, number: int) -> str:
        """Return a year in words: "negentienhonderdachtennegentig"."""
        if number not in _YEARS_BY_HUNDREDS:
            return self.say_cardinal(number)
        hundreds, rest = divmod(number, 100)
        return f"{self.say_cardinal(hundreds)}honderd{self.say_cardinal(rest).replace('één', 'een') if rest else ''}"

    def say_regnal(self, number: int, feminine: bool) -> str:  # noqa: ARG002  without gender
        """Return the number of a monarch or a pope: "de derde"."""
        return f"de {self.say_ordinal(number)}"

    def say_mixed(self, whole: str, above: int, below: int, form: str) -> str:
        """Return a number and a fraction: "anderhalf", "tweeënhalve liter"."""
        if (above, below) != (1, 2):
            return super().say_mixed(whole, above, below, form)
        said = self.say_cardinal(int(whole))
        half = "halve" if form.endswith((" m", " f")) else "half"
        return f"ander{half}" if whole == "1" else f"{said}{'ë' if said.endswith('e') else 'e'}n{half}"

    def _make_provision_rule(self) -> Rule:
        def read_provision(match: re.Match[str]) -> Parts:
            """Read an article of a code by its book: "artikel 6:162 BW"."""
            book, article = (self.say_cardinal(int(match[name])) for name in ("book", "article"))
            return (Word(book, *match.span("book")), Word(article, *match.span("article")))

        pattern = r"(?:(?<=artikel\s)|(?<=art\.\s)|(?<=Art\.\s))(?P<book>\d{1,2}):(?P<article>\d{1,4})(?![\d:])"
        return Rule("provision", frozenset({NUMBER}), pattern, read_provision)

    def _make_result_rules(self) -> tuple[Rule, ...]:
        def read_time(match: re.Match[str]) -> Parts:
            """Read a result or a time of day, which say the same: "(17.11)", "(0.07)", "(20.00)", "in 29.14"."""
            first, second = int(match["first"]), match["second"]
            if not first:
                return say(match, self.count_unit(int(second), "s"))
            said = self.words["hours"] if second == "00" else self.say_number(second)
            return say(match, f"{self.say_cardinal(first)} {said}")

        bracketed = r"(?<=\()(?P<first>\d\d?)\.(?P<second>[0-5]\d)(?=\))"
        run = r"(?<=\bin )(?P<first>\d\d?)\.(?P<second>[0-5]\d)(?![\w.,]\d|\w|\s?(?:uur|u|%|procent)\b)"
        return tuple(Rule("time", frozenset({NUMBER}), pattern, read_time) for pattern in (bracketed, run))

    def _make_postcode_rule(self) -> Rule:
        def read_postcode(match: re.Match[str]) -> Parts:
            """Read "1017 GP" by pairs of digits."""
            pairs = (match["first"], match["last"])
            said = [self.say_digits(pair) if pair[0] == "0" else self.say_cardinal(int(pair)) for pair in pairs]
            return say(match, " ".join([*said, *match["letters"]]))

        pattern = r"(?<![\w.,/-])(?P<first>[1-9]\d)(?P<last>\d\d)\s?(?P<letters>[A-Z]{2})(?=[,.;)]|\s[A-Z][a-z'-]|\Z)"
        return Rule("code", frozenset({NUMBER}), pattern, read_postcode)

    def _make_over_rule(self) -> Rule:
        def read_over(match: re.Match[str]) -> Parts:
            """Read "65+", "65+'ers": an age and all above it."""
            return say(match, f"{self.say_cardinal(int(match['age']))}plus{'sers' if match['ending'] else ''}")

        pattern = r"(?<![\w.,+])(?P<age>[1-9]\d)\+(?P<ending>['’-]?ers)?(?!\w)"
        return Rule("code", frozenset({TIED}), pattern, read_over)

    def _make_raised_roman_rule(self) -> Rule:
        def read_raised(match: re.Match[str]) -> Parts | None:
            """Read "XXe", "XIVde"."""
            number = parse_roman(match["roman"])
            return say(match, self.say_ordinal(number)) if number else None

        return Rule(
            "roman", frozenset({MIXED}), r"(?<![\w.])(?P<roman>[IVX]{1,7})(?:e|de|ste)(?=[\s-][a-z])", read_raised
        )

    def _make_score_rule(self) -> Rule:
        def read_score(match: re.Match[str]) -> Parts | None:
            """Read a score: "met 3-1" is "met drie-één"."""
            before = match.string[max(0, match.start() - _MAX_WORDS_BEFORE_CHARS) : match.start()]
            sides = (match["home"], match["away"])
            noun = _NOUN_BEHIND.match(match.string, match.end("away"))
            counts = noun is not None and noun[1] not in self.nouns.functions
            announced = _BEFORE_SCORE.search(before) or (not counts and _MAYBE_BEFORE_SCORE.search(before))
            if not ("0" in sides or sides[0] == sides[1] or match["behind"] or announced):
                return None
            said = "-".join(self.say_cardinal(int(side)) for side in sides)
            return (Word(said, match.start(), match.end("away")),)

        score = r"(?<![\w.,/-])(?P<home>\d{1,2})\s?[-–]\s?(?P<away>\d{1,2})(?![\w%/]|-\d|[.,]\d)"
        pattern = rf"{score}(?!{_COUNTED})(?P<behind>\s(?:{_AFTER_SCORE})\b)?"
        return Rule("score", frozenset({NUMBER}), pattern, read_score)
