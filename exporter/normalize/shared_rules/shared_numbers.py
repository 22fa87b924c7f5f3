"""Numbers that no other rule reads: years, spans, signs, decimals."""

from __future__ import annotations

import re

from exporter.normalize import GLUED, Parts, Rule, say
from exporter.normalize import NUMBER as FIGURES
from exporter.normalize.languages.agreement import NO_AGREEMENT
from exporter.normalize.languages.language import NUMBER, Language
from exporter.normalize.shared_rules.joined_numbers import is_season
from exporter.script import Word

_ENGINE = re.compile(r"\d\.\d")  # "1.4 TSI": where decimals have a comma, these are names
_PADDED = re.compile(r"0[1-9]")
_MAX_CARDINAL_DIGITS = 8  # longer ones are identifiers, said digit by digit


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for plain numbers."""
    words = language.words
    plural_behind = re.compile(rf"\s[a-zà-ÿ]{{3,20}}(?:{language.find_pattern('plural_ending')})\b")
    span_behind = re.compile(rf"(?:\s(?:{words['and']}|{words['to']})\s|[-–])\d\d\s[^\W\d_]{{3}}")

    def number(match: re.Match[str], group: str, *, counts: bool = True) -> str:
        written = match[group]
        if written.isdecimal() and len(written) > _MAX_CARDINAL_DIGITS:
            return language.say_digits(written)
        agreement = language.nouns.find_agreement(match.string, match.start(), match.end()) if counts else NO_AGREEMENT
        if "bare_dot" in words and _ENGINE.fullmatch(written) and not plural_behind.match(match.string, match.end()):
            return f" {words['bare_dot']} ".join(map(language.say_number, written.split(".")))
        if _PADDED.fullmatch(written) and span_behind.match(match.string, match.end()):
            written = written[1:]  # "04 a 05 metros"
        if len(written) == 4 and written.isdecimal() and "1100" <= written <= "2099" and not agreement.feminine:
            return language.say_year(int(written))
        return (language.say_first if group == "first" else language.say_number)(written, agreement)

    def read(match: re.Match[str]) -> Parts:
        sign = f"{words['plus' if match['sign'] == '+' else 'minus']} " if match["sign"] else ""
        return say(match, sign + number(match, "number"))

    def read_span(match: re.Match[str]) -> Parts:
        is_score = bool(match["colon"])
        joint = f"{words['score'] if is_score else language.say_joint(match.string, match.start())} "
        if not is_score and is_season(match["first"], match["last"]) and len(match["last"]) == len("25"):
            joint = ""  # "2024-25"
        return (
            Word(number(match, "first", counts=not is_score), *match.span("first")),
            Word(joint + number(match, "last", counts=not is_score), match.end("first"), match.end()),
        )

    def read_short_year(match: re.Match[str]) -> Parts:
        """Read a year without its century ("'68"), or a decade ("anni '80")."""
        return say(match, language.say_cardinal(int(match["number"])))

    def read_figures(match: re.Match[str]) -> Parts:
        """Read digits that are not a number as this language writes it: one by one if they are many."""
        figures = match.group()
        if len(figures) <= _MAX_CARDINAL_DIGITS and figures[0] != "0":
            return say(match, language.say_cardinal(int(figures)))
        return say(match, " ".join(language.say_cardinal(int(figure)) for figure in figures))

    def read_slash(match: re.Match[str]) -> Parts:
        """Read a slash that no other rule reads, of a file or a clause: "C-311/18", "CF/88"."""
        return say(match, language.tables["signs"]["/"])

    def read_comma(match: re.Match[str]) -> Parts:
        return say(match, ",")

    def read_to(match: re.Match[str]) -> Parts:
        return say(match, words["to"])

    def read_and(match: re.Match[str]) -> Parts:
        return say(match, words["and"])

    figures = frozenset({FIGURES})
    return (
        Rule("year", frozenset("'’"), rf"(?<![\w'’]){language.find_pattern('short_year')}", read_short_year),
        Rule(
            "span",
            figures,
            rf"(?:(?<![\w.,/-])|(?<=\d-\d/))(?P<first>{NUMBER})(?:(?!\s[-–]\s\d{{5}}\s[A-ZÀ-Þ])\s?[-–]\s?|—|(?P<colon>:))(?P<last>{NUMBER})(?![\w-]|/(?!\d-\d))",
            read_span,
        ),
        Rule(
            "number",
            figures | {GLUED, "-", "−", "+", "–"},
            rf"(?P<sign>(?<![\w.)])[-−+]|(?<=\()–)?(?P<number>{NUMBER})",
            read,
        ),
        Rule("figures", figures | {GLUED}, r"\d++", read_figures),
        # "400 € - 500 €"
        Rule("span", frozenset("-–"), r"(?:(?<=[€$£%])|(?<=[€$£%]\s))[-–](?=\s?\d)", read_to),
        Rule("sign", frozenset("&"), "&", read_and),
        Rule("sets", frozenset("/"), r"(?<=\d-\d)/(?=\d-\d)", read_comma),  # "6-4/7-5"
        Rule("sign", frozenset("/"), r"(?:(?<=[A-Z])/(?=\d)|(?<=\d)/(?=\d|[A-Z]{2}))", read_slash),
    )
