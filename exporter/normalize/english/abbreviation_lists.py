"""Rules for lists of abbreviations, and for one abbreviation in one context."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule
from exporter.normalize.english.english_grammar import find_abbreviation_end
from exporter.normalize.resolver import find_anchor
from exporter.script import Word

WORD_START = r"(?<![\w.'’-])"
_WORD_PATTERN = r"[^\W\d_]{1,40}(?:['’][^\W\d_]{1,40})?"

# In capitals these are the same abbreviations; other words in capitals are initialisms.
_ALSO_IN_CAPITALS = frozenset(
    (
        "etc.",
        "No.",
        "Nos.",
        "pts",
        "Rt.",
        "Rte.",
        "Hwy.",
        "Apt.",
        "Vol.",
        "Mon.",
        "Tues.",
        "Wed.",
        "Thurs.",
        "Fri.",
        "Co.",
        "Cos.",
        "Bros.",
        "Univ.",
        "Assn.",
        "Bd.",
        "Govt.",
        "vs.",
        "Jr.",
        "Sr.",
        "Inc.",
        "Ltd.",
        "Corp.",
        "Mr.",
        "Mrs.",
        "Dept.",
        "vs",
        "Inc",
        "Ltd",
    )
)


def make_list_rule(
    name: str, words: dict[str, str], follows: str = "", edge: str = WORD_START, *, final: bool = True
) -> Rule:
    """Make the rule for a list of abbreviations; `edge` matches the text before one, `follows` the text after it.

    `final` says whether a sentence may end after one: its dot is the sentence's too.
    """
    shouted = {word.upper(): said for word, said in words.items() if word in _ALSO_IN_CAPITALS}
    said = shouted | words

    def read(match: re.Match[str]) -> Parts | None:
        words = said.get(match.group().replace("’", "'"))
        if not words:
            return None
        end = find_abbreviation_end(match.string, match.end()) if final else match.end()
        return (Word(words, match.start(), end),)

    longer = "|".join(re.escape(word) for word in words if not re.fullmatch(rf"{_WORD_PATTERN}\.?", word))
    dot = r"\." if next(iter(words)).endswith(".") else ""
    pattern = rf"{longer}|{_WORD_PATTERN}{dot}" if longer else rf"{_WORD_PATTERN}{dot}"
    # "No.2", "Mr.Roe": the number or the name may come at once.
    end = {"reference": r"(?![^\W\d])", "title": r"(?![a-z\d_])"}.get(name, r"(?!\w)") if dot else r"(?!\w)"
    return Rule(name, frozenset(map(find_anchor, words)), rf"{edge}(?:{pattern}){end}{follows}", read)


def make_phrase_rule(anchors: str, pattern: str, said: str) -> Rule:
    """Make the rule for one abbreviation in one context: the tokens it begins with, its pattern, its words."""

    def read(match: re.Match[str]) -> Parts:
        return (Word(said, match.start(), find_abbreviation_end(match.string, match.end())),)

    return Rule("abbreviation", frozenset(anchors.split()), pattern, read)
