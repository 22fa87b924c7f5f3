"""Short numbers: keys of a telephone (*67), extensions, codes of text messages, services (911)."""

from __future__ import annotations

import re

from exporter.normalize import CODE, NUMBER, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, find_word_after, find_word_before

# Numbers of services, read digit by digit unless they count something.
_SERVICE_NUMBERS = frozenset(("911", "988", "411", "311", "211", "511", "811", "999", "112", "111", "101", "711"))
_EMERGENCY_NUMBERS = frozenset(("911", "999", "988"))
_EMERGENCY_NEXT = re.compile(r"\s(?:call(?:s|er|ers)?|operators?|dispatch(?:ers?)?|emergency|hotline)\b")
_CALLING_WORD = re.compile(
    r"\b(?:call|dial|text|phone|ring|hotline|lifeline|number|telephone|tel|fax|TTY)(?:s|ed|led|ing|ling)?\b",
    re.IGNORECASE,
)
_COUNTED_NOUNS = frozenset("people men women million thousand percent miles feet meters points dollars yards".split())

_SERVICE_NOUNS = frozenset("call line operator dispatcher center centre service system number caller handler".split())
_KEYPAD_SIGNS = {"*": "star", "#": "hash"}


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for short numbers."""
    del variety  # the same in all varieties
    figures, start, end = frozenset({NUMBER}), r"(?<![\w.,/$£€-])", r"(?![\w/]|[-.,]\d)"
    return (
        # "*100#"
        Rule(
            "short number",
            frozenset("*"),
            r"(?<![\w*])\*\d{2,4}(?:[*#]\d{1,8}){0,3}#",
            _read_keys,
        ),
        # "dial *67"
        Rule(
            "short number",
            frozenset("*#"),
            r"(?:(?<=\b[Dd]ial\s)|(?<=\b[Pp]ress\s)|(?<=\b[Dd]ialing\s)|(?<=\b[Dd]ialling\s))[*#]\d{1,4}#?(?!\w)",
            _read_keys,
        ),
        # "555-0134 x23"
        Rule(
            "extension",
            frozenset({CODE, "x"}),
            r"(?<=[-.]\d{4}\s)x\.?\s?(?P<number>\d{2,5})(?!\w)",
            lambda match: say(match, f"extension {english_numerals.say_designation(match['number'])}"),
        ),
        # "text HELP to 741741"
        Rule("short number", figures, rf"{start}\d{{5,6}}{end}", _read_text_code),
        # "call 911"
        Rule("short number", figures, rf"{start}\d{{3}}{end}", _read_service_number),
    )


def _read_keys(match: re.Match[str]) -> Parts:
    said = (_KEYPAD_SIGNS.get(key) or english_numerals.say_digits(key) for key in match.group())
    return say(match, " ".join(said))


def _read_text_code(match: re.Match[str]) -> Parts | None:
    """Read the short code of a text message."""
    near = match.string[max(0, match.start() - 40) : match.start()].lower()
    return say(match, english_numerals.say_digits(match.group())) if re.search(r"\btext(?:ing)?\b", near) else None


def _read_service_number(match: re.Match[str]) -> Parts | None:
    """Read the number of a service: 911, 988."""
    near = match.string[max(0, match.start() - 40) : match.start()]
    emergency = match.group() in _EMERGENCY_NUMBERS and _EMERGENCY_NEXT.match(match.string, match.end())
    called = emergency or find_word_before(match.string, match.start()) == "the" or _CALLING_WORD.search(near)
    if match.group() not in _SERVICE_NUMBERS or not called:
        return None
    following = find_word_after(match.string, match.end())
    # "The 112 justices" and "the 112-seat chamber" are counts.
    counted = following in _COUNTED_NOUNS or match.string[match.end() : match.end() + 1] == "-"
    if not emergency and following.islower() and following.endswith("s"):
        counted = counted or following.rstrip("s") not in _SERVICE_NOUNS
    return None if counted else say(match, english_numerals.say_digits(match.group()))
