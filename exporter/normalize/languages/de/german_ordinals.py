"""German ordinals, inflected by the words around them: "der 3. Mai", "im 2. und 3. Quartal", "das II. Korps"."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, NUMBER, Parts, Rule, say
from exporter.normalize.languages.language import Language
from exporter.normalize.roman_values import parse_roman
from exporter.script import Word

# The endings of an ordinal: weak after these determiners, none after an article in the nominative.
# A noun before "der" makes it a genitive: "Ende der dritten Woche".
_WEAK_DETERMINERS = (
    r"(?i:(?:in|an|auf|mit|von|nach|vor|seit|aus|bei|zu|während)\sder|am|vom|zum|zur|beim|dem|den|des|im"
    r"|(?!Jeder)(?:ein|sein|ihr|kein|dies|jed)e[mnr]|(?:dies|jed|ein|sein|ihr)es)"
)
_ARTICLE = re.compile(
    rf"\b{_WEAK_DETERMINERS}\s\Z|(?<=[\w,] )[A-ZÄÖÜ]\w+\sder\s\Z|(?<=\d\. )[A-ZÄÖÜ]\w+\sder\s\Z"
    r"|\b(?P<nominative>(?i:der|die|das|(?:ein|sein|ihr|unser|dies|jed)e)|Jeder)\s\Z"
)
# "im 2. und 3. Quartal": the article stands before the first of them.
_SERIES = re.compile(r"(?:\d{1,3}\.(?:\s?[-–/]\s?|,?\s(?:bis|und|oder|zum|sowie)\s|,\s))+\Z")
# What stands before an ordinal without an article: "ihr 100. Sieg", "1. und 3. Donnerstag", "Berg (3. Kategorie)".
_OPENING = re.compile(
    r"\b(?:(?i:als|[msdk]?ein|ihr|unser|euer)|\d{1,3}\.\s(?:und|oder|bis))\s\Z|[^\W\d][\"”“»]?(?:,\s|\s\()\Z"
)
_BETWEEN_DAYS = re.compile(r"\b(?i:zwischen)\s(?:\d.{0,48}\sund\s)?\Z")
_PREPOSITION_OF_DAY = re.compile(r"\b(?i:bis|ab|seit)\s\Z")
_MAX_BETWEEN_CHARS = 72  # searched for the word before the first of two days
_MAX_GOAL_CHARS = 160  # searched for the words of a goal
_MAX_WORDS_BEFORE_CHARS = 32  # searched for the article before an ordinal
# Beside these, a number with a dot in brackets is a minute: "traf (35.)".
_GOAL_NEAR = re.compile(
    r"\b(?:Minute|traf(?:en)?|trifft|treffen|Tor(?:en?|s)?|\w*[Tt]reffern?|Eigentor"
    r"|Ausgleich|Führung|eingewechselt|Elfmeter)\b|\b\d:\d\b"
)
# "Die Tore: 5. Berg 0:1, 22. Thal (Pen.) 0:2".
_SCORER_BEHIND = re.compile(r"\.\s[A-ZÄÖÜ][\w'’-]+(?:\s\([\w.]+\))?\s\d{1,2}:\d{1,2}(?!\d)")
_CLUBS = frozenset(("FC", "FSV", "FFC", "SC"))  # "1. FC Köln" needs no article
_NOUN_BEFORE = re.compile(r"([^\W\d_]+)[ \u00a0\u202f]\Z")
# Of an ordinal without an article, in the nominative: "dritter Platz", "zweite Halbzeit", "drittes Obergeschoss".
_STRONG_ENDINGS = {"m": "r", "f": "", "n": "s"}
# The same after a preposition: "in erster Instanz", "auf drittem Platz".
_DATIVE_ENDINGS = {"m": "m", "f": "r", "n": "m"}
_DATIVE_PREPOSITION = re.compile(r"\b(?i:in|auf|ab|nach|mit|von|zu|bei|aus|seit|vor)\s(?:[A-ZÄÖÜ][\w-]{1,24}s\s)?\Z")


def inflect_day(language: Language, number: int, text: str, at: int) -> str:
    """Return the day of the month at `text[at:]`: "dritter", "am dritten", "zwischen drittem und fünftem"."""
    before = text[max(0, at - _MAX_BETWEEN_CHARS) : at]
    if _BETWEEN_DAYS.search(before):
        return f"{language.say_ordinal(number)}m"
    if _PREPOSITION_OF_DAY.search(before):
        return f"{language.say_ordinal(number)}n"
    return _inflect_ordinal(language, number, text, at)


def make_ordinal_rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for digits with a dot that does not end the sentence, and for added time."""
    return (_make_ordinal_rule(language), _make_added_time_rule(language))


def make_roman_ordinal_rule(language: Language) -> Rule:
    """Return the rule for a numeral with a dot between an article and a noun: "das II. Korps"."""

    def read(match: re.Match[str]) -> Parts | None:
        number = parse_roman(match["roman"])
        before = match.string[max(0, match.start() - _MAX_WORDS_BEFORE_CHARS) : match.start()]
        if number is None or not _ARTICLE.search(before):
            return None
        return say(match, _inflect_ordinal(language, number, match.string, match.start()))

    pattern = r"(?<![\w.])(?P<roman>[IVX]{1,7})\.(?=\s[A-ZÄÖÜ])"
    return Rule("roman", frozenset({CAPITALS, LETTER}), pattern, read)


def _inflect_ordinal(language: Language, number: int, text: str, at: int) -> str:
    """Return an ordinal inflected by the words before it: "der dritte", "am dritten", "dritter"."""
    before = _SERIES.sub("", text[max(0, at - _MAX_WORDS_BEFORE_CHARS) : at])
    found = _ARTICLE.search(before)
    if not found:
        return f"{language.say_ordinal(number)}r"
    return language.say_ordinal(number) if found["nominative"] else f"{language.say_ordinal(number)}n"


def _make_ordinal_rule(language: Language) -> Rule:
    nouns = language.nouns
    counted = tuple(noun.lower() for noun in language.word_set("ordinals.nouns"))

    def is_numbered(before: str) -> bool:
        """Whether a number follows its noun, so that a dot after it ends the sentence: "auf Platz 3. Montag ..."."""
        found = _NOUN_BEFORE.search(before)
        return found is not None and found[1].lower() in nouns.numbered

    def is_minute(match: re.Match[str]) -> bool:
        """Whether a number is the minute of a goal: behind the scorer in brackets, or before the name and the score."""
        text, noun = match.string, match["noun"]
        if match["rank"]:
            near = text[max(0, match.start() - _MAX_GOAL_CHARS) : match.end() + _MAX_GOAL_CHARS]
            return bool(_GOAL_NEAR.search(near))
        is_scorer = noun and _SCORER_BEHIND.match(text, match.start("dot"))
        return bool(is_scorer) and not noun.lower().endswith(counted)

    def read(match: re.Match[str]) -> Parts | None:
        number, noun, text, at = int(match["number"]), match["noun"], match.string, match.start()
        said = _inflect_ordinal(language, number, text, at)
        if is_minute(match):
            said = language.say_ordinal(number)
        elif said.endswith("r") and noun and not (noun in _CLUBS and number == 1):
            before = text[max(0, at - _MAX_WORDS_BEFORE_CHARS) : at]
            # Without an article before it, the dot more likely ends the sentence.
            if not (noun.lower().endswith(counted) or _OPENING.search(before)):
                return None
            if is_numbered(before) or noun.lower() in nouns.functions:
                return None
            endings = _DATIVE_ENDINGS if _DATIVE_PREPOSITION.search(before) else _STRONG_ENDINGS
            said = language.say_ordinal(number) + endings[nouns.find_gender(noun)]
        return (Word(said, at, match.end("dot")),)

    behind = r"(?P<rank>[,;)])|\s(?:(?P<noun>[A-ZÄÖÜ]\w{0,24}+)|(?P<same>[a-zäöü]))"
    pattern = rf"(?<![\w.,])(?P<number>\d{{1,3}})(?P<dot>\.)(?={behind})"
    return Rule("ordinal", frozenset({NUMBER}), pattern, read)


def _make_added_time_rule(language: Language) -> Rule:
    def read(match: re.Match[str]) -> Parts:
        """Read "90.+3": a minute of added time."""
        minute, added = (language.say_cardinal(int(match[name])) for name in ("minute", "added"))
        return say(match, f"{minute} {language.words['plus']} {added}")

    pattern = r"(?<![\w.,])(?P<minute>45|90|105|120)\.\s?\+\s?(?P<added>\d{1,2})\.?(?!\w)"
    return Rule("ordinal", frozenset({NUMBER}), pattern, read)
