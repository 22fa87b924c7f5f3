"""Portuguese: one, two and the hundreds agree with what they count; monarchs have ordinals up to the tenth."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, NUMBER, TIED, Parts, Rule, say
from exporter.normalize.languages.agreement import NO_AGREEMENT, Agreement
from exporter.normalize.languages.language import Language
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_FEMININE_FORMS = {"um": "uma", "dois": "duas"}
_MASCULINE_NUMBER = re.compile(r"\b(?:um|dois)\b(?!\s(?:m|b|tr)il[hi])|entos\b")
_MILLIONS = re.compile(r".*(?:lhão|lhões|lião|liões)\b")
_RESULT_BEFORE = re.compile(
    r"\b(?:terminou|acabou|venceu|ganhou|perdeu|empatou|bateu|derrotou|goleou|meteu|aplicou|fez|por|placar|vitória|derrota|goleada|empate)"
    r"(?:\s\w+){0,3}\s\Z"
)
_RESULT_BEHIND = re.compile(r"\s(?:no|na|sobre|contra|diante|fora|de virada|de respeito)\b")
_MAX_RESULT_CHARS = 40  # searched for the word that a score follows
_MAX_NAMED_PARTS = 10  # of a fraction; smaller parts are "avos"


class Portuguese(Language):
    """Portuguese."""

    def make_rules(self, family: str) -> tuple[Rule, ...]:
        """Return the rules of Portuguese alone."""
        match family:
            case "abbreviations":
                return (self._make_club_rule(), self._make_state_rule(), _MATCH_RULE, self._make_lady_rule())
            case "phones":
                return (self._make_identifier_rule(),)
            case "ordinals":
                return (self._make_article_rule(),)
            case "durations":
                return (self._make_time_rule(),)
            case "dates":
                return (_WEEKDAY_RULE,)
            case "codes":
                return (self._make_score_rule(),)
        return ()

    def say_cardinal(self, number: int, agreement: Agreement = NO_AGREEMENT) -> str:
        """Return a cardinal in agreement with what it counts."""
        # num2words separates the thousands by a comma, which would be a pause.
        said = self.say_kind(number, "cardinal").replace(",", "")
        return _inflect_cardinal(said) if agreement.feminine else said

    def name_parts(self, below: int) -> str:
        """Return the name of the parts of a fraction."""
        is_named = below <= _MAX_NAMED_PARTS or below in (100, 1000)
        return super().name_parts(below) if is_named else f"{self.say_cardinal(below)} avo"

    def _make_state_rule(self) -> Rule:
        states: dict[str, str] = load_table(self.tag, "abbreviations")["bracketed"]

        def read_state(match: re.Match[str]) -> Parts:
            """Read the state after a town or a preposition: "Ouro Preto-MG", "Olinda/PE", "Itu - SP", "em SP"."""
            said = states[match["state"]]
            return say(match, said if match["joint"] is None else f", {said}")

        state = rf"(?P<state>{'|'.join(states)})(?![\w/-])"
        places = "|".join(rf"(?<=\b{word}\s)" for word in ("em", "Em", "no", "na", "de", "do"))
        pattern = rf"(?:(?<=[^\W\d_]{{2}})(?P<joint>[-–/])|(?<=[^\W\d_]\s[-–/]\s)|{places}){state}"
        return Rule("abbreviation", frozenset({*"-–/", CAPITALS}), pattern, read_state)

    def _make_club_rule(self) -> Rule:
        adjectives: dict[str, str] = self.tables["clubs"]["adjectives"]

        def read_club(match: re.Match[str]) -> Parts:
            """Read the state after the name of a football club: "Atlético-MG", "América MG"."""
            return say(match, " " * bool(match["joint"]) + adjectives[match["state"]])

        names = self.tables["clubs"]["names"].split()
        joint = "|".join(rf"(?<=\b{name})[-–/]" for name in names)
        space = "|".join(rf"(?<=\b{name}\s)" for name in names)
        pattern = rf"(?:(?P<joint>{joint})|{space})(?P<state>{'|'.join(adjectives)})(?![\w/-])"
        return Rule("abbreviation", frozenset({*"-–/", CAPITALS}), pattern, read_club)

    def _make_lady_rule(self) -> Rule:
        women = self.word_set("romans.women")

        def read_lady(match: re.Match[str]) -> Parts | None:
            """Read "D." before the name of a woman; before that of a man it is "Dom"."""
            is_woman = match["name"] in women or match["name"].endswith("a")
            return (Word("Dona", *match.span("title")),) if is_woman else None

        return Rule("title", frozenset({LETTER}), r"(?<!\w)(?P<title>D\.)\s(?P<name>[A-ZÀ-Þ][a-zà-ÿ]{2,24})", read_lady)

    def _make_time_rule(self) -> Rule:
        def read_time(match: re.Match[str]) -> Parts:
            """Read minutes and seconds with a dot: "25.07 minutos"."""
            return say(match, f"{self.say_cardinal(int(match['minutes']))} {self.say_number(match['seconds'])}")

        pattern = r"(?<![\w.,:])(?P<minutes>\d{1,2})\.(?P<seconds>[0-5]\d)(?=\sminutos)"
        return Rule("time", frozenset({NUMBER}), pattern, read_time)

    def _make_article_rule(self) -> Rule:
        def read_article(match: re.Match[str]) -> Parts:
            """Read "artigo 201.º": above the hundredth, articles of a law have cardinals."""
            return say(match, self.say_cardinal(int(match["number"])))

        place = r"(?:(?<=rtigo\s)|(?<=rtigos\s)|(?<=rt\.\s)|(?<=rts\.\s)|(?<=rt\.º\s))"
        return Rule("ordinal", frozenset({TIED}), rf"{place}(?P<number>[1-9]\d{{2,3}})\.?º(?!\w)", read_article)

    def _make_identifier_rule(self) -> Rule:
        def read_identifier(match: re.Match[str]) -> Parts:
            """Read a postcode or the number of a taxpayer, digit by digit."""
            groups = re.findall(r"\d+", match.group())
            return say(match, ", ".join(map(self.say_digits, groups)))

        pattern = (
            r"(?<![\w.,/-])(?:\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}|\d{3}\.\d{3}\.\d{3}-\d{2}|\d{5}-\d{3}"
            r"|[1-9]\d{3}-\d{3}(?=\s[A-ZÁÉÍÓÚ]))(?![\w/-]|[.,]\d)"
        )
        return Rule("code", frozenset({NUMBER}), pattern, read_identifier)

    def _make_score_rule(self) -> Rule:
        def read_score(match: re.Match[str]) -> Parts | None:
            """Read a score: "2 x 1", "venceu por 2x1" is "dois a um"; "4x4" alone is none."""
            before = match.string[max(0, match.start() - _MAX_RESULT_CHARS) : match.start()]
            is_result = " " in match.group() or "0" in (match["home"], match["away"]) or match["team"]
            behind = _RESULT_BEHIND.match(match.string, match.end())
            if not (is_result or behind or _RESULT_BEFORE.search(before)):
                return None
            said = f"{self.say_cardinal(int(match['home']))} a {self.say_cardinal(int(match['away']))}"
            return (Word(said, match.start(), match.end("away")),)

        pattern = (
            r"(?<![\w.,/-])(?P<home>\d{1,2})\s?[xX×]\s?(?P<away>\d{1,2})"
            r"(?![\w/]|[.,]\d|\s?(?:[cm]?m|metros)\b|\s?[xX×]\s?\d)(?P<team>\s[A-ZÀ-Þ])?"
        )
        return Rule("joined", frozenset({NUMBER}), pattern, read_score)


def _read_against(match: re.Match[str]) -> Parts:
    return say(match, "contra")


# "Remo x Sampaio": between the names of teams, a cross is no Roman numeral.
_MATCH_RULE = Rule("abbreviation", frozenset("xX×") | {LETTER}, r"(?<=[^\W\d_]\s)[xX×](?=\s[A-ZÀ-Þ])", _read_against)


def _read_weekday(match: re.Match[str]) -> Parts:
    return say(match, f"{_WEEKDAYS[match['day']]}-feira")


_WEEKDAYS = {"2": "segunda", "3": "terça", "4": "quarta", "5": "quinta", "6": "sexta"}
_WEEKDAY_RULE = Rule("date", frozenset({TIED}), r"(?<!\w)(?P<day>[2-6])\.?[ªa][\s-]feira", _read_weekday)


def _inflect_cardinal(said: str) -> str:
    """Give one, two and the hundreds below a million the feminine."""
    found = _MILLIONS.match(said)
    at = found.end() if found else 0
    return said[:at] + _MASCULINE_NUMBER.sub(lambda match: _FEMININE_FORMS.get(match[0], "entas"), said[at:])
