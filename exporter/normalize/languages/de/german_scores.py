"""German scores: "mit 28:25 (14:12)", "der 3:2-Sieg"; with a colon and two digits each they look like times of day."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER, Parts, Rule, say
from exporter.normalize.languages.language import Language

_MAX_WORDS_BEFORE_CHARS = 24  # searched for what announces a score
_MAX_SPORT_CHARS = 160  # searched for words of a match around a score in brackets
_NO_SCORE = r"(?:Minuten?|Stunden?|Min|Std|Uhr|MEZ|MESZ)\b"
_BEFORE_SCORE = re.compile(
    r"\b(?:mit|beim|durch|das|des|dem|zum|einem|einen|ein|verlor(?:en)?|gewann(?:en)?|siegte[n]?|unterlag(?:en)?|endete"
    r"|Endstand|Halbzeitstand|Zwischenstand|Stand)\s\Z|\d:\d{1,2}(?:\s\(|,\s|\sund\s)\Z"
)
_BEHIND_SCORE = re.compile(
    r"\s\(\d{1,2}:\d{1,2}[,;)]|-(?!Uhr)[A-ZÄÖÜ]|\s(?:Punkten?|Toren?|Sätzen?|Siegen?|Erfolg|gewonnen|verloren|geschlagen)\b"
)
_TIME_BEFORE = re.compile(r"\b(?:um|ab|gegen|von|bis|an|nach|vor|Uhr)\s\Z")
_SPORT_NEAR = re.compile(r"\b(?:Punkten?|Spieltag|Tabelle\w*|Halbzeit|Treffer|Tore|Niederlage|Remis|\w*[sS]ieg)\b")


def make_score_rule(language: Language) -> Rule:
    """Return the rule for two numbers of at most three digits with a colon, where the words around name a match."""

    def read(match: re.Match[str]) -> Parts | None:
        text, start, end = match.string, match.start(), match.end()
        before = text[max(0, start - _MAX_WORDS_BEFORE_CHARS) : start]
        if _TIME_BEFORE.search(before):
            return None
        is_score = _BEHIND_SCORE.match(text, end) or _BEFORE_SCORE.search(before)
        if not is_score and before.endswith("(") and text[end : end + 1] == ")":
            is_score = _SPORT_NEAR.search(text, max(0, start - _MAX_SPORT_CHARS), end + _MAX_SPORT_CHARS)
        if not is_score:
            return None
        home, away = (language.say_cardinal(int(match[side])) for side in ("home", "away"))
        return say(match, f"{home} {language.words['score']} {away}")

    pattern = rf"(?<![\w.,:/-])(?P<home>\d{{1,3}}):(?P<away>\d{{1,3}})(?![\w:]|[.,]\d|[\s-]?{_NO_SCORE})"
    return Rule("score", frozenset({NUMBER}), pattern, read)
